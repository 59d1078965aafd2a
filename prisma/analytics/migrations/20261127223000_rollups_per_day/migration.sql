-- CreateTable
CREATE TABLE "rollup_day" (
    "metric_id" UUID NOT NULL,
    "bucket" TIMESTAMPTZ(0) NOT NULL,
    "dimension_value" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "sum" DOUBLE PRECISION NOT NULL,
    "min" DOUBLE PRECISION NOT NULL,
    "max" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "rollup_day_pkey" PRIMARY KEY ("metric_id","bucket","dimension_value")
);

-- The days of what was rolled up before.
INSERT INTO "rollup_day"
SELECT "metric_id", date_trunc('day', "bucket", 'UTC'), "dimension_value", sum("count"), sum("sum"), min("min"), max("max")
FROM "rollup_hour" GROUP BY 1, 2, 3;
