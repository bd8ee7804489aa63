import { Form, useNavigation } from '@remix-run/react';
import { AlertDialog, Button, type ButtonProps, buttonStyles, cn } from '@repo/ui';
import { type ReactElement, type ReactNode, useId } from 'react';
import { useHydrated } from './use-hydrated.ts';

export type ConfirmFormProps = {
  /** What the form posts. */
  fields: Record<string, string>;
  /** The button that asks, such as "Delete". */
  label: string;
  icon?: ReactElement;
  title: string;
  description: ReactNode;
  confirmLabel: string;
  cancelLabel?: string;
  variant?: ButtonProps['variant'];
  size?: ButtonProps['size'];
  className?: string;
};

/** A form that asks before it is sent: in a dialog, or before scripts arrive in a fold below its button. */
export function ConfirmForm(props: ConfirmFormProps) {
  const { fields, label, icon, title, description, confirmLabel, cancelLabel, variant = 'ghost', size = 'sm' } = props;
  const isHydrated = useHydrated();
  const id = useId();
  const isSending = useNavigation().formData?.get('intent') === fields['intent'];
  const inputs = Object.entries(fields).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={value} />
  ));
  if (!isHydrated) {
    return (
      <details className={cn('open:w-full', props.className)}>
        <summary className={cn(buttonStyles({ variant, size }), 'w-fit cursor-pointer list-none')}>
          {icon}
          {label}
        </summary>
        <Form method="post" className="mt-2 grid gap-3 rounded-xl bg-sunken p-4 text-sm">
          {inputs}
          <p className="font-medium">{title}</p>
          <div className="text-muted">{description}</div>
          <Button type="submit" variant="danger" size="sm" className="justify-self-start">
            {confirmLabel}
          </Button>
        </Form>
      </details>
    );
  }
  return (
    <>
      <Form method="post" id={id} hidden>
        {inputs}
      </Form>
      <AlertDialog
        trigger={
          <Button variant={variant} size={size} pending={isSending} className={props.className}>
            {icon}
            {label}
          </Button>
        }
        title={title}
        description={description}
        confirmLabel={confirmLabel}
        {...(cancelLabel ? { cancelLabel } : {})}
        form={id}
      />
    </>
  );
}
