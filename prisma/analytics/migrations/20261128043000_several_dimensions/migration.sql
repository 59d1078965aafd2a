-- A metric may have several dimensions.
ALTER TABLE "metric" ADD COLUMN "dimensions" TEXT[] DEFAULT ARRAY[]::TEXT[];
UPDATE "metric" SET "dimensions" = ARRAY["dimension"] WHERE "dimension" IS NOT NULL;

-- Rows of minutes by the dimension stay, those of metrics without one become totals, and all others get theirs.
ALTER TABLE "rollup_minute" RENAME COLUMN "dimension_value" TO "group_1";
ALTER TABLE "rollup_minute" ADD COLUMN "breakdown" SMALLINT NOT NULL DEFAULT 1,
ADD COLUMN "group_2" TEXT NOT NULL DEFAULT '',
ADD COLUMN "group_3" TEXT NOT NULL DEFAULT '';
ALTER TABLE "rollup_minute" ALTER COLUMN "breakdown" DROP DEFAULT,
ALTER COLUMN "group_2" DROP DEFAULT,
ALTER COLUMN "group_3" DROP DEFAULT;
ALTER TABLE "rollup_minute" DROP CONSTRAINT "rollup_minute_pkey";
UPDATE "rollup_minute" SET "breakdown" = 0 FROM "metric" WHERE "metric"."id" = "metric_id" AND "metric"."dimension" IS NULL;
INSERT INTO "rollup_minute" ("metric_id", "breakdown", "bucket", "group_1", "group_2", "group_3", "count", "sum", "min", "max")
SELECT "metric_id", 0, "bucket", '', '', '', sum("count"), sum("sum"), min("min"), max("max")
FROM "rollup_minute" JOIN "metric" ON "metric"."id" = "metric_id" AND "aggregation" NOT IN ('PERCENTILE', 'DISTINCT')
WHERE "breakdown" = 1 GROUP BY "metric_id", "bucket";
ALTER TABLE "rollup_minute" ADD CONSTRAINT "rollup_minute_pkey" PRIMARY KEY ("metric_id", "breakdown", "bucket", "group_1", "group_2", "group_3");

-- Rows of hours by the dimension stay, those of metrics without one become totals, and all others get theirs.
ALTER TABLE "rollup_hour" RENAME COLUMN "dimension_value" TO "group_1";
ALTER TABLE "rollup_hour" ADD COLUMN "breakdown" SMALLINT NOT NULL DEFAULT 1,
ADD COLUMN "group_2" TEXT NOT NULL DEFAULT '',
ADD COLUMN "group_3" TEXT NOT NULL DEFAULT '';
ALTER TABLE "rollup_hour" ALTER COLUMN "breakdown" DROP DEFAULT,
ALTER COLUMN "group_2" DROP DEFAULT,
ALTER COLUMN "group_3" DROP DEFAULT;
ALTER TABLE "rollup_hour" DROP CONSTRAINT "rollup_hour_pkey";
UPDATE "rollup_hour" SET "breakdown" = 0 FROM "metric" WHERE "metric"."id" = "metric_id" AND "metric"."dimension" IS NULL;
INSERT INTO "rollup_hour" ("metric_id", "breakdown", "bucket", "group_1", "group_2", "group_3", "count", "sum", "min", "max")
SELECT "metric_id", 0, "bucket", '', '', '', sum("count"), sum("sum"), min("min"), max("max")
FROM "rollup_hour" JOIN "metric" ON "metric"."id" = "metric_id" AND "aggregation" NOT IN ('PERCENTILE', 'DISTINCT')
WHERE "breakdown" = 1 GROUP BY "metric_id", "bucket";
ALTER TABLE "rollup_hour" ADD CONSTRAINT "rollup_hour_pkey" PRIMARY KEY ("metric_id", "breakdown", "bucket", "group_1", "group_2", "group_3");

-- Rows of days by the dimension stay, those of metrics without one become totals, and all others get theirs.
ALTER TABLE "rollup_day" RENAME COLUMN "dimension_value" TO "group_1";
ALTER TABLE "rollup_day" ADD COLUMN "breakdown" SMALLINT NOT NULL DEFAULT 1,
ADD COLUMN "group_2" TEXT NOT NULL DEFAULT '',
ADD COLUMN "group_3" TEXT NOT NULL DEFAULT '';
ALTER TABLE "rollup_day" ALTER COLUMN "breakdown" DROP DEFAULT,
ALTER COLUMN "group_2" DROP DEFAULT,
ALTER COLUMN "group_3" DROP DEFAULT;
ALTER TABLE "rollup_day" DROP CONSTRAINT "rollup_day_pkey";
UPDATE "rollup_day" SET "breakdown" = 0 FROM "metric" WHERE "metric"."id" = "metric_id" AND "metric"."dimension" IS NULL;
INSERT INTO "rollup_day" ("metric_id", "breakdown", "bucket", "group_1", "group_2", "group_3", "count", "sum", "min", "max")
SELECT "metric_id", 0, "bucket", '', '', '', sum("count"), sum("sum"), min("min"), max("max")
FROM "rollup_day" JOIN "metric" ON "metric"."id" = "metric_id" AND "aggregation" NOT IN ('PERCENTILE', 'DISTINCT')
WHERE "breakdown" = 1 GROUP BY "metric_id", "bucket";
ALTER TABLE "rollup_day" ADD CONSTRAINT "rollup_day_pkey" PRIMARY KEY ("metric_id", "breakdown", "bucket", "group_1", "group_2", "group_3");

-- SQL cannot add sketches up, so these metrics get their totals from the stored events, which are counted again.
UPDATE "metric" SET "unbuilt_before" = (
  SELECT date_trunc('day', max("time"), 'UTC') + interval '1 day' FROM "event"
  WHERE "event"."workspace_id" = "metric"."workspace_id" AND "event"."source_id" = "metric"."source_id"
) WHERE "dimension" IS NOT NULL AND "aggregation" IN ('PERCENTILE', 'DISTINCT');

ALTER TABLE "metric" DROP COLUMN "dimension";

-- Widgets choose from the dimensions; those of before go on showing groups by the only one.
ALTER TABLE "widget" ADD COLUMN "by_dimensions" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "dimension_filters" JSONB NOT NULL DEFAULT '[]';
UPDATE "widget" SET "by_dimensions" = "metric"."dimensions" FROM "metric" WHERE "metric"."id" = "metric_id";
