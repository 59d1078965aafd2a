-- CreateTable
CREATE TABLE "account_mail" (
    "id" TEXT NOT NULL,
    "workspace_id" UUID NOT NULL,
    "user_id" UUID,
    "to" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "paragraphs" TEXT[],
    "link_label" TEXT,
    "link_url" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_mail_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "account_mail_next_attempt_at_idx" ON "account_mail"("next_attempt_at");
