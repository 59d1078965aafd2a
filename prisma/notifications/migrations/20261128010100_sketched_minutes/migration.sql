-- AlterTable
ALTER TABLE "metric_minute" ADD COLUMN "percentile" DOUBLE PRECISION,
ADD COLUMN "sketch" BYTEA;
