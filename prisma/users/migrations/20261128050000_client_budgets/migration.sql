-- AlterTable
ALTER TABLE "api_client" ADD COLUMN     "cost_per_minute" INTEGER,
ADD COLUMN     "requests_per_minute" INTEGER;
