CREATE TABLE "press" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"owner_id" uuid NOT NULL,
	"noun" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"made_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "press_noun" CHECK (noun in ('asset', 'brand', 'webhook'))
);
--> statement-breakpoint
ALTER TABLE "press" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "press" ADD CONSTRAINT "press_owner_id_user_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "press_owner_noun_key" ON "press" USING btree ("owner_id","noun","key");--> statement-breakpoint
CREATE POLICY "press_seen" ON "press" AS PERMISSIVE FOR SELECT TO "app_user" USING ("press"."owner_id" = app_user_id());--> statement-breakpoint
CREATE POLICY "press_made" ON "press" AS PERMISSIVE FOR INSERT TO "app_user" WITH CHECK ("press"."owner_id" = app_user_id());--> statement-breakpoint
-- Never changed: a key means one thing for ever.
GRANT SELECT, INSERT ON "press" TO app_user;
