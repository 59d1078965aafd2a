-- The same key with the time before the id: it grows at its end as events come, and serves reads of a
-- source's range of time, for which the second index was.
DROP INDEX "event_workspace_id_source_id_type_time_idx";

ALTER TABLE "event" DROP CONSTRAINT "event_pkey";
ALTER TABLE "event" ADD CONSTRAINT "event_pkey" PRIMARY KEY ("workspace_id", "source_id", "time", "event_id");
