-- AlterEnum
ALTER TYPE "aggregation" ADD VALUE 'PERCENTILE';
ALTER TYPE "aggregation" ADD VALUE 'DISTINCT';

-- AlterTable
ALTER TABLE "metric" ADD COLUMN "percentile" DOUBLE PRECISION,
ADD COLUMN "filters" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN "unbuilt_before" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "rollup_minute" ADD COLUMN "sketch" BYTEA;
ALTER TABLE "rollup_hour" ADD COLUMN "sketch" BYTEA;
ALTER TABLE "rollup_day" ADD COLUMN "sketch" BYTEA;
