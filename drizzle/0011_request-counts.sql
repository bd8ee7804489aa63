CREATE TABLE "rate_count" (
	"key" varchar(255) PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" bigint
);
--> statement-breakpoint
ALTER TABLE "rate_count" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "rate_count_auth" ON "rate_count" AS PERMISSIVE FOR ALL TO "app_auth" USING (true) WITH CHECK (true);--> statement-breakpoint
-- Counts that are lost at a crash were of the last minutes only; unlogged, they cost half.
ALTER TABLE "rate_count" SET UNLOGGED;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "rate_count" TO app_auth;
