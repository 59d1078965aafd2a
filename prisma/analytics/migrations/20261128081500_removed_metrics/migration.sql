-- CreateTable
CREATE TABLE "removed_metric" (
    "id" UUID NOT NULL,

    CONSTRAINT "removed_metric_pkey" PRIMARY KEY ("id")
);
