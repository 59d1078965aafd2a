-- AlterTable
ALTER TABLE "metric_minute" ADD COLUMN     "unit" TEXT NOT NULL DEFAULT '';
