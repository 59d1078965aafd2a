-- CreateEnum
CREATE TYPE "unknown_types" AS ENUM ('ACCEPT', 'QUARANTINE', 'REJECT');

-- AlterTable
ALTER TABLE "source" ADD COLUMN "unknown_types" "unknown_types" NOT NULL DEFAULT 'ACCEPT';
