-- CreateEnum
CREATE TYPE "import_state" AS ENUM ('UPLOADED', 'RUNNING', 'PAUSED', 'DONE', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "import_format" AS ENUM ('CSV', 'NDJSON', 'PARQUET');

-- CreateTable
CREATE TABLE "import" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "format" "import_format" NOT NULL,
    "is_from_folder" BOOLEAN NOT NULL DEFAULT false,
    "bytes" BIGINT NOT NULL,
    "state" "import_state" NOT NULL DEFAULT 'UPLOADED',
    "mapping" JSONB,
    "rows_read" BIGINT NOT NULL DEFAULT 0,
    "bytes_read" BIGINT NOT NULL DEFAULT 0,
    "accepted" BIGINT NOT NULL DEFAULT 0,
    "duplicates" BIGINT NOT NULL DEFAULT 0,
    "rejected" BIGINT NOT NULL DEFAULT 0,
    "rows_per_second" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "error_bytes" BIGINT NOT NULL DEFAULT 0,
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "import_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "import_workspace_id_created_at_id_idx" ON "import"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "import_state_changed_at_idx" ON "import"("state", "changed_at");

-- AddForeignKey
ALTER TABLE "import" ADD CONSTRAINT "import_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE CASCADE ON UPDATE CASCADE;
