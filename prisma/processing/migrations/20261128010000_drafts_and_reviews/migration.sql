-- Drafts, samples to try them on, and the secret that hashes are keyed with.
ALTER TABLE "source" ADD COLUMN "mask_key" UUID NOT NULL DEFAULT gen_random_uuid();

ALTER TABLE "pipeline" ADD COLUMN "restored_version" INTEGER;

CREATE TABLE "pipeline_draft" (
    "source_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "stages" JSONB NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pipeline_draft_pkey" PRIMARY KEY ("source_id")
);

CREATE TABLE "sample_event" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "event" JSONB NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sample_event_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "sample_event_source_id_taken_at_id_idx" ON "sample_event"("source_id", "taken_at", "id");

-- Look-up tables keep their earlier versions.
ALTER TABLE "lookup_table" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "lookup_row" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "lookup_row" DROP CONSTRAINT "lookup_row_pkey";
ALTER TABLE "lookup_row" ADD CONSTRAINT "lookup_row_pkey" PRIMARY KEY ("table_id", "version", "key");

CREATE TABLE "lookup_table_version" (
    "table_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "key_column" TEXT NOT NULL,
    "row_count" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "lookup_table_version_pkey" PRIMARY KEY ("table_id", "version")
);

INSERT INTO "lookup_table_version" ("table_id", "version", "key_column", "row_count", "created_at")
SELECT "id", "version", "key_column", "row_count", "updated_at" FROM "lookup_table";

-- Dead letters: held for review, discarded, tried again by themselves.
ALTER TYPE "dead_letter_status" ADD VALUE 'HELD';
ALTER TYPE "dead_letter_status" ADD VALUE 'DISCARDED';

ALTER TABLE "dead_letter" ADD COLUMN "retry_at" TIMESTAMPTZ(3), ADD COLUMN "note" TEXT;

CREATE INDEX "dead_letter_workspace_id_status_last_failed_at_idx" ON "dead_letter"("workspace_id", "status", "last_failed_at");
CREATE INDEX "dead_letter_retry_at_idx" ON "dead_letter"("retry_at");

-- What share of a source's records fails, by minute.
CREATE TABLE "source_minute" (
    "source_id" UUID NOT NULL,
    "bucket" TIMESTAMPTZ(0) NOT NULL,
    "workspace_id" UUID NOT NULL,
    "records" BIGINT NOT NULL,
    "failed" BIGINT NOT NULL,

    CONSTRAINT "source_minute_pkey" PRIMARY KEY ("source_id", "bucket")
);

CREATE INDEX "source_minute_bucket_idx" ON "source_minute"("bucket");

-- AddForeignKey
ALTER TABLE "pipeline_draft" ADD CONSTRAINT "pipeline_draft_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "sample_event" ADD CONSTRAINT "sample_event_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "lookup_table_version" ADD CONSTRAINT "lookup_table_version_table_id_fkey" FOREIGN KEY ("table_id") REFERENCES "lookup_table"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "source_minute" ADD CONSTRAINT "source_minute_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE CASCADE ON UPDATE CASCADE;
