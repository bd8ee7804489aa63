DROP INDEX "generation_waiting";--> statement-breakpoint
DROP INDEX "generation_owner_turn";--> statement-breakpoint
CREATE INDEX "generation_line" ON "generation" USING btree ("provider","is_batch","turn","created_at") WHERE status in ('queued', 'retrying');--> statement-breakpoint
CREATE INDEX "generation_owner_line" ON "generation" USING btree ("owner_id","provider","is_batch","turn") WHERE status in ('queued', 'running', 'retrying', 'checking');--> statement-breakpoint
CREATE INDEX "generation_ended_without" ON "generation" USING btree ("finished_at") WHERE status in ('failed', 'cancelled');