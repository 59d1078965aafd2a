-- CreateEnum
CREATE TYPE "operation_mode" AS ENUM ('REGISTERED', 'ANY');

-- AlterTable
ALTER TABLE "api_client" ADD COLUMN     "active_version" INTEGER,
ADD COLUMN     "operation_mode" "operation_mode" NOT NULL DEFAULT 'REGISTERED';

-- Partners that are at work go on; their administrators tighten them once operations are registered.
UPDATE "api_client" SET "operation_mode" = 'ANY';

-- CreateTable
CREATE TABLE "operation_manifest" (
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "note" TEXT NOT NULL,
    "pushed_by_id" UUID NOT NULL,
    "pushed_at" TIMESTAMPTZ(3) NOT NULL,
    "activated_at" TIMESTAMPTZ(3),
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "operation_manifest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "registered_operation" (
    "manifest_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "names" TEXT[],
    "text" TEXT NOT NULL,

    CONSTRAINT "registered_operation_pkey" PRIMARY KEY ("manifest_id","id")
);

-- CreateTable
CREATE TABLE "operation_usage" (
    "client_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "operation_id" TEXT NOT NULL,
    "requests" BIGINT NOT NULL,
    "errors" BIGINT NOT NULL,
    "milliseconds" DOUBLE PRECISION NOT NULL,
    "buckets" BIGINT[],

    CONSTRAINT "operation_usage_pkey" PRIMARY KEY ("client_id","day","operation_id")
);

-- CreateTable
CREATE TABLE "operation_usage_batch" (
    "id" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "operation_usage_batch_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "operation_manifest_client_id_version_key" ON "operation_manifest"("client_id", "version");

-- AddForeignKey
ALTER TABLE "operation_manifest" ADD CONSTRAINT "operation_manifest_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "api_client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registered_operation" ADD CONSTRAINT "registered_operation_manifest_id_fkey" FOREIGN KEY ("manifest_id") REFERENCES "operation_manifest"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "operation_usage" ADD CONSTRAINT "operation_usage_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "api_client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE FUNCTION refuse_operation_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'registered operations never change: push another version';
END
$$;

CREATE TRIGGER registered_operation_immutable BEFORE UPDATE ON "registered_operation"
    FOR EACH ROW EXECUTE FUNCTION refuse_operation_change();
