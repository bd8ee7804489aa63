import { Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { cn } from '../cn.ts';
import { THEMES, type Theme } from './theme.ts';

const CHOICES = {
  system: { label: 'System theme', Icon: Monitor },
  light: { label: 'Light theme', Icon: Sun },
  dark: { label: 'Dark theme', Icon: Moon },
} satisfies Record<Theme, unknown>;

export type ThemeSwitchProps = {
  value: Theme;
  /** Called after the page has changed; keep the choice here. Without it the surrounding form is submitted. */
  onChange?: (theme: Theme) => void;
  /** Field the buttons submit under, so that the switch works in a plain form before scripts arrive. */
  name?: string;
  className?: string;
};

export function ThemeSwitch({ value, onChange, name = 'theme', className }: ThemeSwitchProps) {
  const [chosen, setChosen] = useState<Theme | null>(null);
  const current = chosen ?? value;
  return (
    <fieldset className={cn('inline-flex items-center gap-0.5 rounded-full bg-sunken p-0.5', className)}>
      <legend className="sr-only">Theme</legend>
      {THEMES.map((theme) => {
        const { label, Icon } = CHOICES[theme];
        return (
          <button
            key={theme}
            type="submit"
            name={name}
            value={theme}
            aria-label={label}
            aria-pressed={current === theme}
            title={label}
            onClick={(event) => {
              setChosen(theme);
              showTheme(theme);
              if (!onChange) return;
              event.preventDefault();
              onChange(theme);
            }}
            className="grid size-7 place-items-center rounded-full text-muted transition-colors hover:text-ink aria-pressed:bg-raised aria-pressed:text-ink aria-pressed:shadow-xs pointer-coarse:size-10"
          >
            <Icon aria-hidden className="size-3.5" />
          </button>
        );
      })}
    </fieldset>
  );
}

function showTheme(theme: Theme) {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
