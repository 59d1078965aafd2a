-- CreateEnum
CREATE TYPE "aggregation" AS ENUM ('COUNT', 'SUM', 'AVERAGE', 'MINIMUM', 'MAXIMUM', 'SHARE');

-- CreateEnum
CREATE TYPE "comparison_operator" AS ENUM ('GREATER', 'GREATER_OR_EQUAL', 'LESS', 'LESS_OR_EQUAL', 'EQUAL');

-- CreateEnum
CREATE TYPE "widget_kind" AS ENUM ('TIME_SERIES', 'BAR', 'NUMBER', 'TABLE');

-- CreateEnum
CREATE TYPE "step" AS ENUM ('MINUTE', 'HOUR');

-- CreateTable
CREATE TABLE "event" (
    "workspace_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "event_id" TEXT NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "type" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "accepted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("workspace_id","source_id","event_id","time")
) PARTITION BY RANGE ("time");

-- One partition per day of the events' own time, made ahead and on demand by the service.
CREATE SCHEMA "event_partitions";

-- Days long past, which get no partition of their own.
CREATE TABLE "event_partitions"."event_other" PARTITION OF "event" DEFAULT;

-- CreateTable
CREATE TABLE "metric" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "unit" TEXT NOT NULL DEFAULT '',
    "source_id" UUID NOT NULL,
    "event_type" TEXT NOT NULL,
    "aggregation" "aggregation" NOT NULL,
    "field" TEXT,
    "condition_field" TEXT,
    "condition_operator" "comparison_operator",
    "condition_value" DOUBLE PRECISION,
    "dimension" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "metric_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rollup_minute" (
    "metric_id" UUID NOT NULL,
    "bucket" TIMESTAMPTZ(0) NOT NULL,
    "dimension_value" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "sum" DOUBLE PRECISION NOT NULL,
    "min" DOUBLE PRECISION NOT NULL,
    "max" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "rollup_minute_pkey" PRIMARY KEY ("metric_id","bucket","dimension_value")
);

-- CreateTable
CREATE TABLE "rollup_hour" (
    "metric_id" UUID NOT NULL,
    "bucket" TIMESTAMPTZ(0) NOT NULL,
    "dimension_value" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "sum" DOUBLE PRECISION NOT NULL,
    "min" DOUBLE PRECISION NOT NULL,
    "max" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "rollup_hour_pkey" PRIMARY KEY ("metric_id","bucket","dimension_value")
);

-- CreateTable
CREATE TABLE "source_activity" (
    "workspace_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "minute" TIMESTAMPTZ(0) NOT NULL,
    "count" BIGINT NOT NULL,
    "last_accepted_at" TIMESTAMPTZ(3) NOT NULL,
    "last_stored_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "source_activity_pkey" PRIMARY KEY ("workspace_id","source_id","minute")
);

-- CreateTable
CREATE TABLE "dashboard" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dashboard_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "widget" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "dashboard_id" UUID NOT NULL,
    "metric_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "kind" "widget_kind" NOT NULL,
    "window_minutes" INTEGER NOT NULL,
    "step" "step" NOT NULL,
    "row_limit" INTEGER NOT NULL,
    "minimum_count" INTEGER NOT NULL,

    CONSTRAINT "widget_pkey" PRIMARY KEY ("id")
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
CREATE INDEX "event_workspace_id_source_id_type_time_idx" ON "event"("workspace_id", "source_id", "type", "time");

-- CreateIndex
CREATE INDEX "metric_workspace_id_created_at_id_idx" ON "metric"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "metric_source_id_event_type_idx" ON "metric"("source_id", "event_type");

-- CreateIndex
CREATE INDEX "dashboard_workspace_id_created_at_id_idx" ON "dashboard"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "widget_metric_id_idx" ON "widget"("metric_id");

-- CreateIndex
CREATE UNIQUE INDEX "widget_dashboard_id_position_key" ON "widget"("dashboard_id", "position");

-- AddForeignKey
ALTER TABLE "widget" ADD CONSTRAINT "widget_dashboard_id_fkey" FOREIGN KEY ("dashboard_id") REFERENCES "dashboard"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "widget" ADD CONSTRAINT "widget_metric_id_fkey" FOREIGN KEY ("metric_id") REFERENCES "metric"("id") ON DELETE CASCADE ON UPDATE CASCADE;
