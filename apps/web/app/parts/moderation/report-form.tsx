import { Form, useNavigation } from '@remix-run/react';
import type { Rejection } from '@repo/runtime';
import { Button, buttonStyles, cn, Field, Notice, Textarea } from '@repo/ui';
import { Flag } from 'lucide-react';
import { useEffect, useRef } from 'react';

export type ReportFormProps = {
  /** What it is about, in words: "ad". */
  noun: string;
  formKey: string;
  rejection?: Rejection | null;
};

/** Tells the staff that something should not be shown. Folded until it is wanted. */
export function ReportForm({ noun, formKey, rejection }: ReportFormProps) {
  const isSending = useNavigation().formData?.get('intent') === 'report';
  const details = useRef<HTMLDetailsElement>(null);
  const wasSending = useRef(false);
  useEffect(() => {
    const isOver = wasSending.current && !isSending;
    wasSending.current = isSending;
    if (!isOver || rejection || !details.current) return;
    // It was taken: a form that stays open and full looks as if it had not been.
    details.current.open = false;
    details.current.querySelector('form')?.reset();
    details.current.querySelector('summary')?.focus();
  }, [isSending, rejection]);
  return (
    <details ref={details} className="group/report open:w-full" open={rejection ? true : undefined}>
      <summary className={cn(buttonStyles({ variant: 'ghost', size: 'sm' }), 'w-fit cursor-pointer list-none')}>
        <Flag aria-hidden />
        Report
      </summary>
      <Form method="post" className="mt-2 grid grid-cols-1 gap-3 rounded-xl bg-sunken p-4">
        <input type="hidden" name="intent" value="report" />
        <input type="hidden" name="idempotencyKey" value={formKey} autoComplete="off" />
        <Field
          label={`What is wrong with this ${noun}?`}
          hint="Only the staff reads it."
          error={rejection?.fields['reason']?.[0]}
        >
          <Textarea name="reason" rows={2} defaultValue={rejection?.values['reason'] ?? ''} />
        </Field>
        {rejection?.message && (
          <Notice tone="danger" live>
            {rejection.message}
          </Notice>
        )}
        <Button type="submit" size="sm" variant="solid" pending={isSending} className="justify-self-start">
          Send the report
        </Button>
      </Form>
    </details>
  );
}
