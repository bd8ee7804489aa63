ALTER TYPE "public"."ledger_account_kind" ADD VALUE 'provider_cost';--> statement-breakpoint
ALTER TYPE "public"."ledger_account_kind" ADD VALUE 'provider_payable';--> statement-breakpoint
ALTER TYPE "public"."ledger_entry_kind" ADD VALUE 'cost';--> statement-breakpoint
ALTER TYPE "public"."generation_kind" ADD VALUE 'image.describe';--> statement-breakpoint
ALTER TYPE "public"."generation_kind" ADD VALUE 'video.create';--> statement-breakpoint
ALTER TYPE "public"."generation_kind" ADD VALUE 'text.structured';--> statement-breakpoint
ALTER TYPE "public"."generation_kind" ADD VALUE 'text.stream';--> statement-breakpoint
ALTER TYPE "public"."generation_kind" ADD VALUE 'text.embed';--> statement-breakpoint
ALTER TYPE "public"."generation_kind" ADD VALUE 'speech.create';--> statement-breakpoint
CREATE TABLE "embedding" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"generation_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"brand_id" uuid,
	"model" text NOT NULL,
	"position" integer NOT NULL,
	"text" text NOT NULL,
	"dimensions" integer NOT NULL,
	"vector" real[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "embedding" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "model_health" (
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"operation" text NOT NULL,
	"state" text DEFAULT 'closed' NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	"breaker" jsonb,
	"failures" integer DEFAULT 0 NOT NULL,
	"last_reason" text,
	"last_failed_at" timestamp with time zone,
	"probe_until" timestamp with time zone,
	"p50_ms" integer,
	"p95_ms" integer,
	"samples" integer DEFAULT 0 NOT NULL,
	"measured_at" timestamp with time zone,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "model_health_provider_model_operation_pk" PRIMARY KEY("provider","model","operation")
);
--> statement-breakpoint
ALTER TABLE "model_health" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "usage_day" (
	"day" date NOT NULL,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"operation" text NOT NULL,
	"user_id" uuid,
	"brand_id" uuid,
	"calls" integer NOT NULL,
	"failures" integer NOT NULL,
	"images" integer NOT NULL,
	"video_seconds" real NOT NULL,
	"input_tokens" bigint NOT NULL,
	"output_tokens" bigint NOT NULL,
	"cost_micro_usd" bigint NOT NULL,
	"latency_ms" bigint NOT NULL,
	CONSTRAINT "usage_day_row" UNIQUE NULLS NOT DISTINCT("day","provider","model","operation","user_id","brand_id")
);
--> statement-breakpoint
ALTER TABLE "usage_day" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "quota" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"user_id" uuid,
	"brand_id" uuid,
	"metric" text NOT NULL,
	"limit" bigint NOT NULL,
	"set_by" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "quota_subject" UNIQUE NULLS NOT DISTINCT("user_id","brand_id","metric"),
	CONSTRAINT "quota_one_subject" CHECK ((user_id is null) <> (brand_id is null)),
	CONSTRAINT "quota_limit" CHECK ("limit" >= 0)
);
--> statement-breakpoint
ALTER TABLE "quota" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "usage_month" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"user_id" uuid,
	"brand_id" uuid,
	"month" text NOT NULL,
	"images" bigint DEFAULT 0 NOT NULL,
	"video_seconds" real DEFAULT 0 NOT NULL,
	"tokens" bigint DEFAULT 0 NOT NULL,
	"credits" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "usage_month_subject" UNIQUE NULLS NOT DISTINCT("user_id","brand_id","month"),
	CONSTRAINT "usage_month_one_subject" CHECK ((user_id is null) <> (brand_id is null))
);
--> statement-breakpoint
ALTER TABLE "usage_month" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "generation" DROP CONSTRAINT "generation_prompt_length";--> statement-breakpoint
DROP INDEX "ledger_entry_settled_once";--> statement-breakpoint
ALTER TABLE "asset" ADD COLUMN "kind" text DEFAULT 'picture' NOT NULL;--> statement-breakpoint
ALTER TABLE "asset" ADD COLUMN "duration_seconds" real;--> statement-breakpoint
ALTER TABLE "ledger_account" ADD COLUMN "unit" text DEFAULT 'credit' NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger_account" ADD COLUMN "provider" text;--> statement-breakpoint
ALTER TABLE "ledger_entry" ADD COLUMN "actor_id" uuid;--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "requested_model" text DEFAULT 'auto' NOT NULL;--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "choice" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "tried" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "reserved" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "is_batch" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "turn" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "said" text;--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "output" jsonb;--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "reuse_hash" text;--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "reused_from_id" uuid;--> statement-breakpoint
ALTER TABLE "provider_call" ADD COLUMN "step" text DEFAULT 'start' NOT NULL;--> statement-breakpoint
ALTER TABLE "provider_call" ADD COLUMN "video_seconds" real DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "provider_call" ADD COLUMN "input_tokens" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "provider_call" ADD COLUMN "output_tokens" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "embedding" ADD CONSTRAINT "embedding_generation_id_generation_id_fk" FOREIGN KEY ("generation_id") REFERENCES "public"."generation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "embedding" ADD CONSTRAINT "embedding_owner_id_user_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "embedding" ADD CONSTRAINT "embedding_brand_id_brand_id_fk" FOREIGN KEY ("brand_id") REFERENCES "public"."brand"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usage_day" ADD CONSTRAINT "usage_day_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usage_day" ADD CONSTRAINT "usage_day_brand_id_brand_id_fk" FOREIGN KEY ("brand_id") REFERENCES "public"."brand"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quota" ADD CONSTRAINT "quota_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quota" ADD CONSTRAINT "quota_brand_id_brand_id_fk" FOREIGN KEY ("brand_id") REFERENCES "public"."brand"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quota" ADD CONSTRAINT "quota_set_by_user_id_fk" FOREIGN KEY ("set_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usage_month" ADD CONSTRAINT "usage_month_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usage_month" ADD CONSTRAINT "usage_month_brand_id_brand_id_fk" FOREIGN KEY ("brand_id") REFERENCES "public"."brand"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "embedding_generation_position" ON "embedding" USING btree ("generation_id","position");--> statement-breakpoint
CREATE INDEX "usage_day_brand" ON "usage_day" USING btree ("brand_id","day");--> statement-breakpoint
CREATE INDEX "usage_month_month" ON "usage_month" USING btree ("month");--> statement-breakpoint
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_actor_id_user_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_account_provider" ON "ledger_account" USING btree ("provider","kind") WHERE provider is not null;--> statement-breakpoint
CREATE INDEX "generation_waiting" ON "generation" USING btree ("is_batch","turn","created_at") WHERE status in ('queued', 'retrying', 'checking');--> statement-breakpoint
CREATE INDEX "generation_owner_turn" ON "generation" USING btree ("owner_id","turn") WHERE status in ('queued', 'running', 'retrying', 'checking');--> statement-breakpoint
CREATE INDEX "generation_in_flight" ON "generation" USING btree ("provider","owner_id") WHERE status in ('running', 'checking');--> statement-breakpoint
CREATE INDEX "generation_reuse" ON "generation" USING btree ("reuse_hash","finished_at") WHERE status = 'done' and reuse_hash is not null;--> statement-breakpoint
CREATE INDEX "provider_call_created" ON "provider_call" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "provider_call_generation" ON "provider_call" USING btree ("generation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entry_settled_once" ON "ledger_entry" USING btree ("generation_id","kind") WHERE kind in ('capture', 'release', 'refund') and amount < 0;--> statement-breakpoint
ALTER TABLE "ledger_account" ADD CONSTRAINT "ledger_account_unit" CHECK ((unit = 'micro_usd') = (provider is not null));--> statement-breakpoint
ALTER TABLE "generation" ADD CONSTRAINT "generation_prompt_length" CHECK (char_length(prompt) between 1 and 20000);--> statement-breakpoint
CREATE POLICY "embedding_seen" ON "embedding" AS PERMISSIVE FOR SELECT TO "app_user" USING ("embedding"."owner_id" = app_user_id() or "embedding"."brand_id" in (select app_brand_ids()));--> statement-breakpoint
CREATE POLICY "model_health_seen" ON "model_health" AS PERMISSIVE FOR SELECT TO "app_user" USING (true);--> statement-breakpoint
CREATE POLICY "usage_day_seen" ON "usage_day" AS PERMISSIVE FOR SELECT TO "app_user" USING ("usage_day"."user_id" = app_user_id() or "usage_day"."brand_id" in (select app_brand_ids()) or app_is_staff());--> statement-breakpoint
CREATE POLICY "quota_seen" ON "quota" AS PERMISSIVE FOR SELECT TO "app_user" USING ("quota"."user_id" = app_user_id() or "quota"."brand_id" in (select app_brand_ids()) or app_is_staff());--> statement-breakpoint
CREATE POLICY "usage_month_seen" ON "usage_month" AS PERMISSIVE FOR SELECT TO "app_user" USING ("usage_month"."user_id" = app_user_id() or "usage_month"."brand_id" in (select app_brand_ids()) or app_is_staff());