CREATE TABLE "api_key" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"brand_id" uuid,
	"made_by" uuid,
	"name" text NOT NULL,
	"start" text NOT NULL,
	"hash" text NOT NULL,
	"form_hash" text NOT NULL,
	"scopes" text[] NOT NULL,
	"per_minute" integer NOT NULL,
	"expires_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"rotated_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "api_key_per_minute" CHECK (per_minute between 1 and 10000)
);
--> statement-breakpoint
ALTER TABLE "api_key" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "user" ADD COLUMN "service_of" uuid;--> statement-breakpoint
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_brand_id_brand_id_fk" FOREIGN KEY ("brand_id") REFERENCES "public"."brand"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_made_by_user_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "api_key_hash" ON "api_key" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "api_key_user" ON "api_key" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "api_key_brand" ON "api_key" USING btree ("brand_id");--> statement-breakpoint
CREATE UNIQUE INDEX "user_service_of" ON "user" USING btree ("service_of") WHERE service_of is not null;--> statement-breakpoint
CREATE POLICY "api_key_auth" ON "api_key" AS PERMISSIVE FOR ALL TO "app_auth" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "api_key_seen" ON "api_key" AS PERMISSIVE FOR SELECT TO "app_user" USING (("api_key"."brand_id" is null and "api_key"."user_id" = app_user_id()) or "api_key"."brand_id" in (select m.brand_id from membership m where m.user_id = app_user_id() and m.role in ('owner', 'admin')));--> statement-breakpoint
-- Nobody reads a digest but the room that recognises keys; and that room notes only when one was used.
GRANT SELECT (id, user_id, brand_id, made_by, name, start, scopes, per_minute, expires_at, last_used_at, rotated_at, revoked_at, created_at, updated_at) ON "api_key" TO app_user;--> statement-breakpoint
GRANT SELECT, UPDATE (last_used_at, updated_at) ON "api_key" TO app_auth;
