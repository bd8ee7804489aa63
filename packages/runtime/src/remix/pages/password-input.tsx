import { IconButton, Input, type InputProps } from '@repo/ui';
import { Eye, EyeOff } from 'lucide-react';
import { useEffect, useState } from 'react';

export type PasswordInputProps = Omit<InputProps, 'type' | 'trailing' | 'autoComplete'> & {
  autoComplete: 'current-password' | 'new-password';
};

/** A password that its owner may look at. The button appears with the scripts that make it work. */
export function PasswordInput(props: PasswordInputProps) {
  const [isShown, setShown] = useState(false);
  const [canShow, setCanShow] = useState(false);
  useEffect(() => setCanShow(true), []);
  return (
    <Input
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      {...props}
      type={isShown ? 'text' : 'password'}
      trailing={
        canShow && (
          <IconButton
            label={isShown ? 'Hide the password' : 'Show the password'}
            tooltip={false}
            size="sm"
            aria-pressed={isShown}
            onClick={() => setShown(!isShown)}
          >
            {isShown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
          </IconButton>
        )
      }
    />
  );
}
