-- CreateEnum
CREATE TYPE "pipeline_stage" AS ENUM ('ACCEPT', 'VALIDATE', 'TRANSFORM', 'ENRICH', 'ROUTE');

-- CreateEnum
CREATE TYPE "dead_letter_status" AS ENUM ('OPEN', 'REPLAYING', 'RESOLVED');

-- CreateTable
CREATE TABLE "source" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "write_key_hash" TEXT NOT NULL,
    "write_key_hint" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pipeline" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "stages" JSONB NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pipeline_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event_type" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "json_schema" JSONB NOT NULL,
    "registered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_type_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lookup_table" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "key_column" TEXT NOT NULL,
    "row_count" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lookup_table_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lookup_row" (
    "table_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "columns" JSONB NOT NULL,

    CONSTRAINT "lookup_row_pkey" PRIMARY KEY ("table_id","key")
);

-- CreateTable
CREATE TABLE "dead_letter" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "stage" "pipeline_stage" NOT NULL,
    "field" TEXT,
    "reason" TEXT NOT NULL,
    "original" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 1,
    "status" "dead_letter_status" NOT NULL DEFAULT 'OPEN',
    "first_failed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_failed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dead_letter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "log_position" (
    "topic" TEXT NOT NULL,
    "consumer_group" TEXT NOT NULL,
    "partition" INTEGER NOT NULL,
    "position" TEXT NOT NULL,

    CONSTRAINT "log_position_pkey" PRIMARY KEY ("topic","consumer_group","partition")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "payload" JSONB NOT NULL,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "source_write_key_hash_key" ON "source"("write_key_hash");

-- CreateIndex
CREATE INDEX "source_workspace_id_created_at_id_idx" ON "source"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "source_workspace_id_name_key" ON "source"("workspace_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "pipeline_source_id_version_key" ON "pipeline"("source_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "event_type_workspace_id_name_version_key" ON "event_type"("workspace_id", "name", "version");

-- CreateIndex
CREATE UNIQUE INDEX "lookup_table_workspace_id_name_key" ON "lookup_table"("workspace_id", "name");

-- CreateIndex
CREATE INDEX "dead_letter_workspace_id_last_failed_at_id_idx" ON "dead_letter"("workspace_id", "last_failed_at", "id");

-- CreateIndex
CREATE INDEX "dead_letter_source_id_status_idx" ON "dead_letter"("source_id", "status");

-- AddForeignKey
ALTER TABLE "pipeline" ADD CONSTRAINT "pipeline_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lookup_row" ADD CONSTRAINT "lookup_row_table_id_fkey" FOREIGN KEY ("table_id") REFERENCES "lookup_table"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dead_letter" ADD CONSTRAINT "dead_letter_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE CASCADE ON UPDATE CASCADE;
