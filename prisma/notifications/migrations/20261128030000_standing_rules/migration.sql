-- AlterTable
ALTER TABLE "alert_rule" ADD COLUMN "is_standing" BOOLEAN NOT NULL DEFAULT false;
