CREATE TYPE "public"."ad_status" AS ENUM('published', 'hidden', 'deleted');--> statement-breakpoint
CREATE TYPE "public"."remix_status" AS ENUM('draft', 'published', 'hidden', 'deleted');--> statement-breakpoint
CREATE TYPE "public"."asset_status" AS ENUM('awaiting', 'checking', 'usable', 'rejected');--> statement-breakpoint
CREATE TYPE "public"."ledger_account_kind" AS ENUM('user', 'brand', 'held', 'spent', 'issued');--> statement-breakpoint
CREATE TYPE "public"."ledger_entry_kind" AS ENUM('grant', 'hold', 'capture', 'release', 'transfer', 'purchase', 'refund', 'adjustment');--> statement-breakpoint
CREATE TYPE "public"."generation_kind" AS ENUM('image.edit', 'image.create');--> statement-breakpoint
CREATE TYPE "public"."generation_status" AS ENUM('queued', 'running', 'retrying', 'checking', 'done', 'failed', 'cancelled');--> statement-breakpoint
CREATE TABLE "account" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"password" text,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "account" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "profile" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"image" text,
	"is_guest" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "profile" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "rate_limit" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_request" bigint NOT NULL,
	CONSTRAINT "rate_limit_key_unique" UNIQUE("key")
);
--> statement-breakpoint
ALTER TABLE "rate_limit" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "session" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"keep_signed_in" boolean DEFAULT false NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"active_organization_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
ALTER TABLE "session" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "user" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"is_anonymous" boolean DEFAULT false NOT NULL,
	"claimed_email" text,
	"platform_role" text DEFAULT 'member' NOT NULL,
	"merged_into" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_email_unique" UNIQUE("email"),
	CONSTRAINT "user_platform_role" CHECK (platform_role in ('member', 'staff'))
);
--> statement-breakpoint
ALTER TABLE "user" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "verification" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "verification" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "ad" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"brand_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"asset_id" uuid NOT NULL,
	"title" text NOT NULL,
	"location" text DEFAULT '' NOT NULL,
	"status" "ad_status" DEFAULT 'published' NOT NULL,
	"remix_count" integer DEFAULT 0 NOT NULL,
	"idempotency_key" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ad_title_length" CHECK (char_length(title) between 1 and 120),
	CONSTRAINT "ad_location_length" CHECK (char_length(location) <= 160)
);
--> statement-breakpoint
ALTER TABLE "ad" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "remix" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"ad_id" uuid NOT NULL,
	"parent_id" uuid,
	"author_id" uuid NOT NULL,
	"generation_id" uuid NOT NULL,
	"asset_id" uuid,
	"prompt" text NOT NULL,
	"status" "remix_status" DEFAULT 'draft' NOT NULL,
	"published_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "remix_generationId_unique" UNIQUE("generation_id"),
	CONSTRAINT "remix_prompt_length" CHECK (char_length(prompt) between 1 and 2000),
	CONSTRAINT "remix_published" CHECK (status <> 'published' or (asset_id is not null and published_at is not null))
);
--> statement-breakpoint
ALTER TABLE "remix" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "report" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"reporter_id" uuid NOT NULL,
	"ad_id" uuid,
	"remix_id" uuid,
	"reason" text NOT NULL,
	"resolved_at" timestamp with time zone,
	"resolved_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "report_once" UNIQUE NULLS NOT DISTINCT("reporter_id","ad_id","remix_id"),
	CONSTRAINT "report_target" CHECK (num_nonnulls(ad_id, remix_id) = 1),
	CONSTRAINT "report_reason_length" CHECK (char_length(reason) between 1 and 500)
);
--> statement-breakpoint
ALTER TABLE "report" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "asset" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"owner_id" uuid NOT NULL,
	"origin" text NOT NULL,
	"status" "asset_status" DEFAULT 'awaiting' NOT NULL,
	"declared_type" text NOT NULL,
	"declared_bytes" bigint NOT NULL,
	"mime_type" text,
	"width" integer,
	"height" integer,
	"sha256" text,
	"thumbhash" text,
	"dominant_color" text,
	"stored_bytes" bigint,
	"is_public" boolean DEFAULT false NOT NULL,
	"duplicate_of" uuid,
	"failure_rule" text,
	"failure" text,
	"usable_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "asset" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "brand_invitation" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"brand_id" uuid NOT NULL,
	"email" text NOT NULL,
	"role" text,
	"status" text DEFAULT 'pending' NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"inviter_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "brand_invitation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "brand" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"description" text,
	"accent_color" text,
	"logo" text,
	"metadata" text,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "brand_slug_unique" UNIQUE("slug"),
	CONSTRAINT "brand_name_length" CHECK (char_length(name) between 1 and 60)
);
--> statement-breakpoint
ALTER TABLE "brand" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "membership" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"brand_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "membership_role" CHECK (role in ('owner', 'admin', 'editor', 'analyst'))
);
--> statement-breakpoint
ALTER TABLE "membership" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "guest_allowance" (
	"address_hash" text NOT NULL,
	"day" date NOT NULL,
	"credits" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "guest_allowance_address_hash_day_pk" PRIMARY KEY("address_hash","day")
);
--> statement-breakpoint
ALTER TABLE "guest_allowance" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "ledger_account" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"kind" "ledger_account_kind" NOT NULL,
	"user_id" uuid,
	"brand_id" uuid,
	"balance" bigint DEFAULT 0 NOT NULL,
	"allowance_month" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ledger_account_userId_unique" UNIQUE("user_id"),
	CONSTRAINT "ledger_account_brandId_unique" UNIQUE("brand_id"),
	CONSTRAINT "ledger_account_balance" CHECK (balance >= 0),
	CONSTRAINT "ledger_account_owner" CHECK ((kind = 'user') = (user_id is not null) and (kind = 'brand') = (brand_id is not null))
);
--> statement-breakpoint
ALTER TABLE "ledger_account" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "ledger_entry" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"movement_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" "ledger_entry_kind" NOT NULL,
	"amount" bigint NOT NULL,
	"generation_id" uuid,
	"once_key" text,
	"memo" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ledger_entry_amount" CHECK (amount <> 0)
);
--> statement-breakpoint
ALTER TABLE "ledger_entry" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "event" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"actor_id" uuid,
	"actor_kind" text NOT NULL,
	"noun" text NOT NULL,
	"noun_id" uuid NOT NULL,
	"verb" text NOT NULL,
	"audience_id" uuid,
	"brand_id" uuid,
	"payload" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "generation" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"owner_id" uuid NOT NULL,
	"brand_id" uuid,
	"kind" "generation_kind" NOT NULL,
	"model" text NOT NULL,
	"provider" text NOT NULL,
	"prompt" text NOT NULL,
	"input" jsonb NOT NULL,
	"input_asset_id" uuid,
	"seed" integer NOT NULL,
	"idempotency_key" text NOT NULL,
	"request_hash" text NOT NULL,
	"status" "generation_status" DEFAULT 'queued' NOT NULL,
	"quoted_credits" integer NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"progress" real DEFAULT 0 NOT NULL,
	"doing" text,
	"last_error" text,
	"next_try_at" timestamp with time zone,
	"run_token" uuid,
	"heartbeat_at" timestamp with time zone,
	"submitted_at" timestamp with time zone,
	"operation_ref" text,
	"cancel_requested" boolean DEFAULT false NOT NULL,
	"failure" text,
	"failure_sentence" text,
	"notes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"output_asset_id" uuid,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "generation_prompt_length" CHECK (char_length(prompt) between 1 and 2000),
	CONSTRAINT "generation_quote" CHECK (quoted_credits >= 0)
);
--> statement-breakpoint
ALTER TABLE "generation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "provider_call" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"generation_id" uuid,
	"user_id" uuid,
	"brand_id" uuid,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"operation" text NOT NULL,
	"outcome" text NOT NULL,
	"images" integer DEFAULT 0 NOT NULL,
	"cost_micro_usd" bigint DEFAULT 0 NOT NULL,
	"latency_ms" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "provider_call" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profile" ADD CONSTRAINT "profile_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ad" ADD CONSTRAINT "ad_brand_id_brand_id_fk" FOREIGN KEY ("brand_id") REFERENCES "public"."brand"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ad" ADD CONSTRAINT "ad_author_id_user_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ad" ADD CONSTRAINT "ad_asset_id_asset_id_fk" FOREIGN KEY ("asset_id") REFERENCES "public"."asset"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remix" ADD CONSTRAINT "remix_ad_id_ad_id_fk" FOREIGN KEY ("ad_id") REFERENCES "public"."ad"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remix" ADD CONSTRAINT "remix_author_id_user_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remix" ADD CONSTRAINT "remix_generation_id_generation_id_fk" FOREIGN KEY ("generation_id") REFERENCES "public"."generation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remix" ADD CONSTRAINT "remix_asset_id_asset_id_fk" FOREIGN KEY ("asset_id") REFERENCES "public"."asset"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report" ADD CONSTRAINT "report_reporter_id_user_id_fk" FOREIGN KEY ("reporter_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report" ADD CONSTRAINT "report_ad_id_ad_id_fk" FOREIGN KEY ("ad_id") REFERENCES "public"."ad"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report" ADD CONSTRAINT "report_remix_id_remix_id_fk" FOREIGN KEY ("remix_id") REFERENCES "public"."remix"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "asset" ADD CONSTRAINT "asset_owner_id_user_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brand_invitation" ADD CONSTRAINT "brand_invitation_brand_id_brand_id_fk" FOREIGN KEY ("brand_id") REFERENCES "public"."brand"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brand_invitation" ADD CONSTRAINT "brand_invitation_inviter_id_user_id_fk" FOREIGN KEY ("inviter_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brand" ADD CONSTRAINT "brand_created_by_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership" ADD CONSTRAINT "membership_brand_id_brand_id_fk" FOREIGN KEY ("brand_id") REFERENCES "public"."brand"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership" ADD CONSTRAINT "membership_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_account" ADD CONSTRAINT "ledger_account_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_account" ADD CONSTRAINT "ledger_account_brand_id_brand_id_fk" FOREIGN KEY ("brand_id") REFERENCES "public"."brand"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_account_id_ledger_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."ledger_account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_generation_id_generation_id_fk" FOREIGN KEY ("generation_id") REFERENCES "public"."generation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "generation" ADD CONSTRAINT "generation_owner_id_user_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "generation" ADD CONSTRAINT "generation_brand_id_brand_id_fk" FOREIGN KEY ("brand_id") REFERENCES "public"."brand"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "generation" ADD CONSTRAINT "generation_input_asset_id_asset_id_fk" FOREIGN KEY ("input_asset_id") REFERENCES "public"."asset"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "generation" ADD CONSTRAINT "generation_output_asset_id_asset_id_fk" FOREIGN KEY ("output_asset_id") REFERENCES "public"."asset"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provider_call" ADD CONSTRAINT "provider_call_generation_id_generation_id_fk" FOREIGN KEY ("generation_id") REFERENCES "public"."generation"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provider_call" ADD CONSTRAINT "provider_call_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provider_call" ADD CONSTRAINT "provider_call_brand_id_brand_id_fk" FOREIGN KEY ("brand_id") REFERENCES "public"."brand"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_user" ON "account" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "session_user" ON "session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "user_claimed_email" ON "user" USING btree ("claimed_email") WHERE claimed_email is not null;--> statement-breakpoint
CREATE INDEX "verification_identifier" ON "verification" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "ad_feed" ON "ad" USING btree ("created_at","id") WHERE status = 'published';--> statement-breakpoint
CREATE INDEX "ad_brand_created" ON "ad" USING btree ("brand_id","created_at");--> statement-breakpoint
CREATE INDEX "ad_asset" ON "ad" USING btree ("asset_id");--> statement-breakpoint
CREATE UNIQUE INDEX "ad_author_key" ON "ad" USING btree ("author_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "remix_feed" ON "remix" USING btree ("published_at","id") WHERE status = 'published';--> statement-breakpoint
CREATE INDEX "remix_ad" ON "remix" USING btree ("ad_id","published_at");--> statement-breakpoint
CREATE INDEX "remix_author" ON "remix" USING btree ("author_id","created_at");--> statement-breakpoint
CREATE INDEX "remix_parent" ON "remix" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "remix_asset" ON "remix" USING btree ("asset_id");--> statement-breakpoint
CREATE UNIQUE INDEX "asset_owner_sha" ON "asset" USING btree ("owner_id","sha256") WHERE status = 'usable' and origin = 'upload';--> statement-breakpoint
CREATE INDEX "asset_unfinished" ON "asset" USING btree ("created_at") WHERE status <> 'usable';--> statement-breakpoint
CREATE INDEX "brand_invitation_brand" ON "brand_invitation" USING btree ("brand_id");--> statement-breakpoint
CREATE UNIQUE INDEX "membership_brand_user" ON "membership" USING btree ("brand_id","user_id");--> statement-breakpoint
CREATE INDEX "membership_user" ON "membership" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_account_platform" ON "ledger_account" USING btree ("kind") WHERE kind in ('held', 'spent', 'issued');--> statement-breakpoint
CREATE INDEX "ledger_entry_account" ON "ledger_entry" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "ledger_entry_generation" ON "ledger_entry" USING btree ("generation_id");--> statement-breakpoint
CREATE INDEX "ledger_entry_movement" ON "ledger_entry" USING btree ("movement_id");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entry_once" ON "ledger_entry" USING btree ("account_id","once_key") WHERE once_key is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entry_hold_once" ON "ledger_entry" USING btree ("generation_id","account_id") WHERE kind = 'hold';--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entry_settled_once" ON "ledger_entry" USING btree ("generation_id") WHERE kind in ('capture', 'release') and amount < 0;--> statement-breakpoint
CREATE INDEX "event_tail" ON "event" USING btree ("xid","id");--> statement-breakpoint
CREATE INDEX "event_audience" ON "event" USING btree ("audience_id","xid","id");--> statement-breakpoint
CREATE INDEX "event_noun" ON "event" USING btree ("noun","noun_id");--> statement-breakpoint
CREATE UNIQUE INDEX "generation_owner_key" ON "generation" USING btree ("owner_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "generation_owner_created" ON "generation" USING btree ("owner_id","created_at");--> statement-breakpoint
CREATE INDEX "generation_brand_created" ON "generation" USING btree ("brand_id","created_at");--> statement-breakpoint
CREATE INDEX "generation_open" ON "generation" USING btree ("created_at") WHERE status in ('queued', 'running', 'retrying', 'checking');--> statement-breakpoint
CREATE INDEX "generation_done_model" ON "generation" USING btree ("model","finished_at") WHERE status = 'done';--> statement-breakpoint
CREATE INDEX "provider_call_model_created" ON "provider_call" USING btree ("model","created_at");--> statement-breakpoint
CREATE POLICY "account_auth" ON "account" AS PERMISSIVE FOR ALL TO "app_auth" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "profile_public" ON "profile" AS PERMISSIVE FOR SELECT TO "app_user" USING (true);--> statement-breakpoint
CREATE POLICY "rate_limit_auth" ON "rate_limit" AS PERMISSIVE FOR ALL TO "app_auth" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "session_auth" ON "session" AS PERMISSIVE FOR ALL TO "app_auth" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "user_auth" ON "user" AS PERMISSIVE FOR ALL TO "app_auth" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "user_self" ON "user" AS PERMISSIVE FOR SELECT TO "app_user" USING ("user"."id" = app_user_id() or app_is_staff());--> statement-breakpoint
CREATE POLICY "verification_auth" ON "verification" AS PERMISSIVE FOR ALL TO "app_auth" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "ad_seen" ON "ad" AS PERMISSIVE FOR SELECT TO "app_user" USING ("ad"."status" = 'published' or ("ad"."status" = 'hidden' and ("ad"."author_id" = app_user_id() or "ad"."brand_id" in (select app_brand_ids()))) or app_is_staff());--> statement-breakpoint
CREATE POLICY "ad_made" ON "ad" AS PERMISSIVE FOR INSERT TO "app_user" WITH CHECK ("ad"."author_id" = app_user_id() and "ad"."brand_id" in (select app_editable_brand_ids()) and "ad"."status" = 'published');--> statement-breakpoint
CREATE POLICY "remix_seen" ON "remix" AS PERMISSIVE FOR SELECT TO "app_user" USING ("remix"."status" = 'published' or ("remix"."status" <> 'deleted' and "remix"."author_id" = app_user_id()) or app_is_staff());--> statement-breakpoint
CREATE POLICY "remix_made" ON "remix" AS PERMISSIVE FOR INSERT TO "app_user" WITH CHECK ("remix"."author_id" = app_user_id() and "remix"."status" = 'draft' and "remix"."asset_id" is null);--> statement-breakpoint
CREATE POLICY "report_seen" ON "report" AS PERMISSIVE FOR SELECT TO "app_user" USING ("report"."reporter_id" = app_user_id() or app_is_staff());--> statement-breakpoint
CREATE POLICY "report_made" ON "report" AS PERMISSIVE FOR INSERT TO "app_user" WITH CHECK ("report"."reporter_id" = app_user_id());--> statement-breakpoint
CREATE POLICY "asset_seen" ON "asset" AS PERMISSIVE FOR SELECT TO "app_user" USING ("asset"."owner_id" = app_user_id() or "asset"."is_public" or app_is_staff());--> statement-breakpoint
CREATE POLICY "asset_asked" ON "asset" AS PERMISSIVE FOR INSERT TO "app_user" WITH CHECK ("asset"."owner_id" = app_user_id() and "asset"."status" = 'awaiting' and not "asset"."is_public" and "asset"."origin" = 'upload');--> statement-breakpoint
CREATE POLICY "brand_invitation_auth" ON "brand_invitation" AS PERMISSIVE FOR ALL TO "app_auth" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "brand_invitation_members" ON "brand_invitation" AS PERMISSIVE FOR SELECT TO "app_user" USING ("brand_invitation"."brand_id" in (select app_brand_ids()));--> statement-breakpoint
CREATE POLICY "brand_auth" ON "brand" AS PERMISSIVE FOR ALL TO "app_auth" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "brand_public" ON "brand" AS PERMISSIVE FOR SELECT TO "app_user" USING (true);--> statement-breakpoint
CREATE POLICY "brand_made" ON "brand" AS PERMISSIVE FOR INSERT TO "app_user" WITH CHECK ("brand"."created_by" = app_user_id());--> statement-breakpoint
CREATE POLICY "brand_edited" ON "brand" AS PERMISSIVE FOR UPDATE TO "app_user" USING ("brand"."id" in (select app_editable_brand_ids())) WITH CHECK ("brand"."id" in (select app_editable_brand_ids()));--> statement-breakpoint
CREATE POLICY "membership_auth" ON "membership" AS PERMISSIVE FOR ALL TO "app_auth" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "membership_seen" ON "membership" AS PERMISSIVE FOR SELECT TO "app_user" USING ("membership"."user_id" = app_user_id() or "membership"."brand_id" in (select app_brand_ids()) or app_is_staff());--> statement-breakpoint
CREATE POLICY "membership_founder" ON "membership" AS PERMISSIVE FOR INSERT TO "app_user" WITH CHECK ("membership"."user_id" = app_user_id() and "membership"."role" = 'owner' and app_may_found("membership"."brand_id"));--> statement-breakpoint
CREATE POLICY "guest_allowance_staff" ON "guest_allowance" AS PERMISSIVE FOR SELECT TO "app_user" USING (app_is_staff());--> statement-breakpoint
CREATE POLICY "ledger_account_seen" ON "ledger_account" AS PERMISSIVE FOR SELECT TO "app_user" USING ("ledger_account"."user_id" = app_user_id() or "ledger_account"."brand_id" in (select app_brand_ids()) or app_is_staff());--> statement-breakpoint
CREATE POLICY "ledger_entry_seen" ON "ledger_entry" AS PERMISSIVE FOR SELECT TO "app_user" USING ("ledger_entry"."account_id" in (select app_ledger_account_ids()) or app_is_staff());--> statement-breakpoint
CREATE POLICY "event_seen" ON "event" AS PERMISSIVE FOR SELECT TO "app_user" USING ("event"."audience_id" = app_user_id() or "event"."actor_id" = app_user_id() or "event"."brand_id" in (select app_brand_ids()) or app_is_staff());--> statement-breakpoint
CREATE POLICY "generation_seen" ON "generation" AS PERMISSIVE FOR SELECT TO "app_user" USING ("generation"."owner_id" = app_user_id() or "generation"."brand_id" in (select app_brand_ids()) or app_is_staff());--> statement-breakpoint
CREATE POLICY "generation_asked" ON "generation" AS PERMISSIVE FOR INSERT TO "app_user" WITH CHECK ("generation"."owner_id" = app_user_id() and "generation"."status" = 'queued' and ("generation"."brand_id" is null or "generation"."brand_id" in (select app_brand_ids())));--> statement-breakpoint
CREATE POLICY "provider_call_staff" ON "provider_call" AS PERMISSIVE FOR SELECT TO "app_user" USING (app_is_staff());