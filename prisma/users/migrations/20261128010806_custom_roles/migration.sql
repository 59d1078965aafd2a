-- AlterEnum
ALTER TYPE "role" ADD VALUE 'CUSTOM';

-- AlterTable
ALTER TABLE "invitation" ADD COLUMN     "custom_role_id" UUID;

-- AlterTable
ALTER TABLE "membership" ADD COLUMN     "custom_role_id" UUID;

-- CreateTable
CREATE TABLE "custom_role" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "custom_role_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "custom_role_workspace_id_id_key" ON "custom_role"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "custom_role_workspace_id_name_key" ON "custom_role"("workspace_id", "name");

-- CreateIndex
CREATE INDEX "invitation_custom_role_id_idx" ON "invitation"("custom_role_id");

-- CreateIndex
CREATE INDEX "membership_custom_role_id_idx" ON "membership"("custom_role_id");

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_workspace_id_custom_role_id_fkey" FOREIGN KEY ("workspace_id", "custom_role_id") REFERENCES "custom_role"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "custom_role" ADD CONSTRAINT "custom_role_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_workspace_id_custom_role_id_fkey" FOREIGN KEY ("workspace_id", "custom_role_id") REFERENCES "custom_role"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- What Prisma cannot say: a custom role belongs to the role CUSTOM, and to no other.
ALTER TABLE "membership" ADD CONSTRAINT "membership_custom_role_check" CHECK (("role"::text = 'CUSTOM') = ("custom_role_id" IS NOT NULL));
