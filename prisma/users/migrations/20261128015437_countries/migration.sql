-- CreateTable
CREATE TABLE "user_country" (
    "user_id" UUID NOT NULL,
    "country" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_country_pkey" PRIMARY KEY ("user_id","country")
);

-- AddForeignKey
ALTER TABLE "user_country" ADD CONSTRAINT "user_country_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
