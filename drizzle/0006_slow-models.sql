DROP INDEX "provider_call_model_created";--> statement-breakpoint
ALTER TABLE "model_health" ADD COLUMN "recent_ms" integer;--> statement-breakpoint
ALTER TABLE "model_health" ADD COLUMN "usual_ms" integer;--> statement-breakpoint
ALTER TABLE "model_health" ADD COLUMN "slow_since" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "provider_call_done" ON "provider_call" USING btree ("model","operation","created_at") WHERE outcome = 'done';