import { Form, useNavigation } from '@remix-run/react';
import { Button } from '@repo/ui';
import { Eye, EyeOff } from 'lucide-react';

/** For the staff: takes something out of everybody's sight, or brings it back. Both can be undone, so neither asks. */
export function HideButton({ isHidden }: { isHidden: boolean }) {
  const intent = isHidden ? 'show' : 'hide';
  const isSending = useNavigation().formData?.get('intent') === intent;
  return (
    <Form method="post">
      <input type="hidden" name="intent" value={intent} />
      <Button type="submit" variant="ghost" size="sm" pending={isSending}>
        {isHidden ? <Eye aria-hidden /> : <EyeOff aria-hidden />}
        {isHidden ? 'Show again' : 'Hide'}
      </Button>
    </Form>
  );
}
