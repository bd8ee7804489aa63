import type { ReactElement } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import * as ui from '../src/index.ts';

/** Markup without the comments React puts between pieces of text. */
const render = (element: ReactElement) => renderToString(element).replaceAll('<!-- -->', '');
/** The opening tag that has `part` in it. */
const tag = (html: string, part: string) => html.match(/<[a-z][^>]*>/g)?.find((one) => one.includes(part)) ?? '';
const attribute = (opening: string, name: string) => opening.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1];
const text = (html: string) => html.replace(/<[^>]+>/g, '');

const picture = {
  sources: [
    { url: '/l.webp', width: 1600 },
    { url: '/s.webp', width: 480 },
  ],
  width: 1800,
  height: 1200,
  thumbhash: 'XUkGFYL2WFix5qmreEWIhQx41HBm',
  color: '#987858',
};
const wide = { ...picture, alt: 'A cup' };

test('an input stays the same one when its button arrives later, so that nothing typed is lost', () => {
  const frameOf = (trailing: string | false) => render(<ui.Input trailing={trailing} />).split('<input')[0];
  expect(frameOf(false)).toBe(frameOf('a button'));
  expect(render(<ui.Input />)).toMatch(/^<input/);
});

describe('a field', () => {
  const html = render(
    <ui.Field label="Title" hint="Shown below." error="Say something." required>
      <ui.Input name="title" aria-describedby="other" />
    </ui.Field>,
  );
  const input = tag(html, 'name="title"');
  const id = attribute(input, 'id')!;

  test('gives its control the label, the hint and the error', () => {
    expect(attribute(tag(html, '<label'), 'for')).toBe(id);
    expect(attribute(input, 'aria-describedby')).toBe(`other ${id}-error ${id}-hint`);
    expect(attribute(input, 'aria-invalid')).toBe('true');
    expect(input).toContain('required');
    expect(html).toContain(`id="${id}-hint"`);
    expect(tag(html, `id="${id}-error"`)).toContain('role="alert"');
  });

  test('that is fine claims no error', () => {
    const fine = tag(render(<ui.Field label="Title" error={null} children={<ui.Input />} />), '<input');
    expect(fine).not.toContain('aria-invalid=');
    expect(fine).not.toContain('aria-describedby');
  });

  test.each([
    ['textarea', <ui.Textarea key="t" max={10} />],
    ['select', <ui.Select key="s" options={[]} />],
  ])('wires a %s too', (name, control) => {
    const html = render(<ui.Field label="Title" hint="Below." children={control} />);
    const opening = tag(html, `<${name}`);
    expect(attribute(tag(html, '<label'), 'for')).toBe(attribute(opening, 'id'));
    expect(attribute(opening, 'aria-describedby')).toContain(`${attribute(opening, 'id')}-hint`);
  });
});

describe('a textarea with a limit', () => {
  test('counts code points and says so to screen readers', () => {
    const html = render(<ui.Textarea max={2000} defaultValue="a😀" />);
    expect(text(html)).toContain('2 / 2,000 characters');
    expect(html).toContain(`id="${attribute(tag(html, '<textarea'), 'aria-describedby')}"`);
  });

  test('does not cut what is too long: it marks it', () => {
    const html = render(<ui.Textarea max={3} value="abcd" onChange={() => {}} />);
    expect(html).toContain('>abcd</textarea>');
    expect(html.toLowerCase()).not.toContain('maxlength');
    expect(attribute(tag(html, '<textarea'), 'aria-invalid')).toBe('true');
  });
});

describe('a button', () => {
  test('does not submit unless told to', () => {
    expect(attribute(render(<ui.Button>Save</ui.Button>), 'type')).toBe('button');
    expect(attribute(render(<ui.Button type="submit">Save</ui.Button>), 'type')).toBe('submit');
  });

  test('that is pending keeps its label for the width, keeps focus, and says it is busy', () => {
    const html = render(
      <ui.Button pending pendingLabel="Saving">
        Save
      </ui.Button>,
    );
    expect(text(html)).toBe('SaveSaving');
    expect(tag(html, '<button')).toMatch(/aria-busy="true" aria-disabled="true"/);
    expect(tag(html, '<button')).not.toContain('disabled=""');
  });

  test('can be a link', () => {
    const html = render(<ui.Button asChild variant="primary" children={<a href="/x">Go</a>} />);
    expect(html).toMatch(/^<a href="\/x" class="[^"]*bg-accent[^"]*">Go<\/a>$/);
  });

  test('of an icon has a name', () => {
    expect(attribute(render(<ui.IconButton label="Share" children="↗" />), 'aria-label')).toBe('Share');
  });
});

describe('a picture', () => {
  const html = render(<ui.Picture {...wide} sizes="50vw" />);
  const image = tag(html, 'alt="A cup"');

  test('takes its place before it comes: box, colour and placeholder are in the markup', () => {
    expect(tag(html, 'viewBox')).toContain('viewBox="0 0 1800 1200"');
    expect(html).toContain('fill="#987858"');
    expect(html).toContain('src="data:image/bmp;base64,');
    expect(image).toMatch(/width="1800" height="1200"/);
  });

  test('offers all its sizes, smallest first, and falls back to the largest', () => {
    expect(attribute(image, 'srcSet')).toBe('/s.webp 480w, /l.webp 1600w');
    expect(attribute(image, 'sizes')).toBe('50vw');
    expect(attribute(image, 'src')).toBe('/l.webp');
  });

  test('waits until it is near, unless people came for it', () => {
    expect(attribute(image, 'loading')).toBe('lazy');
    const first = tag(render(<ui.Picture {...wide} priority />), 'alt="A cup"');
    expect(attribute(first, 'loading')).toBe('eager');
    expect(attribute(first, 'fetchpriority')).toBe('high');
  });

  test('shows its text as text', () => {
    expect(render(<ui.Picture {...wide} alt={'"><script>'} />)).toContain('alt="&quot;&gt;&lt;script&gt;"');
  });
});

describe('a comparison', () => {
  const html = render(
    <ui.BeforeAfter before={wide} after={{ ...wide, alt: 'The cup at night', width: 600, height: 1200 }} />,
  );
  const slider = tag(html, 'role="slider"');

  test('is a slider that says in words where it stands', () => {
    expect(attribute(slider, 'tabindex')).toBe('0');
    expect(attribute(slider, 'aria-valuenow')).toBe('50');
    expect(attribute(slider, 'aria-valuetext')).toBe('50% original, 50% remix');
    expect(attribute(slider, 'aria-label')).toBe('Compare original and remix');
  });

  test('has the shape of the second picture and shows a first of another shape whole', () => {
    expect(tag(html, 'viewBox="0 0 600 1200"')).not.toBe('');
    expect(tag(html, 'alt="A cup"')).toContain('object-contain');
  });
});

test('a drop zone is a named file field that works in a plain form', () => {
  const html = render(
    <ui.DropZone
      label="Add your ad"
      name="ad"
      accept={['image/jpeg', 'image/png']}
      maxBytes={50_000_000}
      file={null}
      onFile={() => {}}
      error="It is broken."
    />,
  );
  const input = tag(html, 'type="file"');
  expect(attribute(input, 'accept')).toBe('image/jpeg,image/png');
  expect(attribute(input, 'name')).toBe('ad');
  expect(attribute(tag(html, '<label'), 'for')).toBe(attribute(input, 'id'));
  for (const id of attribute(input, 'aria-describedby')!.split(' ')) expect(html).toContain(`id="${id}"`);
  expect(text(html)).toContain('JPEG or PNG, up to 50 MB');
  expect(text(html)).toContain('It is broken.');
});

describe('progress', () => {
  const bar = (value: number | null) => tag(render(<ui.Progress label="Uploading" value={value} />), 'progressbar');

  test.each([
    [0.426, '43'],
    [-1, '0'],
    [7, '100'],
  ])('of %d is told as %s', (value, percent) => {
    expect(attribute(bar(value), 'aria-valuenow')).toBe(percent);
  });

  test.each([null, Number.NaN])('that is unknown (%s) claims no number', (value) => {
    expect(bar(value)).not.toContain('aria-valuenow');
    expect(attribute(bar(value), 'aria-label')).toBe('Uploading');
  });
});

describe('a piece of work', () => {
  const tell = (status: ui.StepState) => text(render(<ui.StepProgress status={status} />));

  test.each<[ui.StepState, string]>([
    [{ state: 'queued', place: 3, waitSeconds: 12 }, 'In the queueNumber 3 in line, ready in about 12 seconds.'],
    [{ state: 'queued', place: 1 }, 'In the queueYou are next.'],
    [{ state: 'queued' }, 'In the queueWaiting for a free place.'],
    [
      { state: 'running', fraction: 0.42, phrase: 'Painting snow', secondsLeft: 6 },
      'Painting snow42%, about 6 seconds left',
    ],
    [{ state: 'running' }, 'Working on it'],
    [
      { state: 'retrying', attempt: 2, maxAttempts: 3, error: 'busy', inSeconds: 20 },
      'Trying againIn 20 seconds. Attempt 2 of 3 did not work: busy',
    ],
    [{ state: 'done', phrase: 'Done in 3 seconds' }, 'Done in 3 seconds'],
    [
      { state: 'failed', reason: 'Refused.', charged: 'Nothing was charged.', next: 'Say it otherwise.' },
      'It did not workRefused.Nothing was charged.Say it otherwise.',
    ],
    [{ state: 'cancelled', phrase: '4 credits came back.' }, 'Cancelled4 credits came back.'],
  ])('in state %j reads “%s”', (status, words) => {
    expect(tell(status)).toBe(words);
  });

  test('whose outcome is not known is not called done, and shows no number', () => {
    const html = render(<ui.StepProgress status={{ state: 'checking' }} />);
    expect(text(html)).toContain('Checking what came of it');
    expect(tag(html, 'progressbar')).not.toContain('aria-valuenow');
  });

  test('that has ended shows no bar', () => {
    expect(render(<ui.StepProgress status={{ state: 'done' }} />)).not.toContain('progressbar');
  });
});

test('an error says what happened, what was charged, what to do, and its request id', () => {
  const html = render(
    <ui.ErrorState
      headingLevel="h1"
      code="503"
      title="The database is away"
      charged="Nothing."
      next="Wait."
      requestId="0198"
    />,
  );
  expect(html).toMatch(/<h1[^>]*>The database is away<\/h1>/);
  expect(text(html)).toContain('ChargedNothing.What to doWait.');
  expect(html).toMatch(/<code[^>]*>0198<\/code>/);
});

test('a bar chart has the same numbers in a table, for eyes and screen readers', () => {
  const html = render(
    <ui.BarChart
      title="Credits"
      valueLabel="Credits"
      data={[
        { key: 'a', label: '1 Nov', longLabel: '1 November', value: 1200 },
        { key: 'b', label: '2 Nov', value: 0 },
      ]}
    />,
  );
  expect(html).toMatch(/<th scope="row"[^>]*>1 November<\/th><td[^>]*>1,200<\/td>/);
  expect(html).toMatch(/<th scope="row"[^>]*>2 Nov<\/th><td[^>]*>0<\/td>/);
  expect(html).toMatch(/<title[^>]*>2 bars, the highest 1,200<\/title>/);
  expect(text(html)).toContain('1,200 in all');
});

test('a wall gives every picture the rows its shape asks for, and crops only extremes', () => {
  const rows = (width: number, height: number) =>
    render(<ui.MasonryItem width={width} height={height} media={null} />).match(/masonry-(\d+)/)?.[1];
  expect([rows(600, 600), rows(1600, 900), rows(1080, 1920), rows(3000, 100), rows(100, 3000)]).toEqual([
    '40',
    '23',
    '71',
    '12',
    '84',
  ]);
});

test('a select with a placeholder starts on it and cannot go back to it', () => {
  const html = render(<ui.Select placeholder="Choose" options={[{ value: 'a', label: 'A' }]} />);
  expect(html).toContain('<option value="" disabled="" selected="">Choose</option>');
});

test('the theme switch is three buttons that also post in a plain form', () => {
  const html = render(<ui.ThemeSwitch value="dark" />);
  expect(html.match(/<button type="submit" name="theme" value="(system|light|dark)"/g)).toHaveLength(3);
  expect(attribute(tag(html, 'value="dark"'), 'aria-pressed')).toBe('true');
  expect(attribute(tag(html, 'value="system"'), 'aria-pressed')).toBe('false');
});

test('the theme script carries the nonce', () => {
  expect(render(<ui.ThemeScript nonce="n0" theme="dark" />)).toMatch(/^<script nonce="n0" data-fallback="dark">/);
});

describe('for a strict content policy', () => {
  const options = [{ value: 'a', label: 'A' }];
  const all: Record<string, ReactElement> = {
    BeforeAfter: <ui.BeforeAfter before={wide} after={wide} />,
    Picture: <ui.Picture {...wide} fit="cover" />,
    MasonryGrid: <ui.MasonryGrid label="Ads" children={<ui.MasonryItem width={1} height={1} media={null} />} />,
    DropZone: <ui.DropZone label="Add" accept={['image/png']} file={null} onFile={() => {}} />,
    StepProgress: <ui.StepProgress status={{ state: 'running', fraction: 0.4 }} />,
    Progress: <ui.Progress label="P" value={0.3} />,
    Receipt: <ui.Receipt title="R" rows={[{ label: 'Held', value: '4' }]} total={{ label: 'T', value: '4' }} />,
    BarChart: <ui.BarChart title="B" data={[{ key: 'a', label: 'a', value: 2 }]} />,
    Sparkline: <ui.Sparkline label="S" values={[1, 2]} />,
    Textarea: <ui.Textarea max={9} />,
    Controls: (
      <>
        <ui.Input leading="@" />
        <ui.Checkbox label="C" />
        <ui.Switch label="S" />
        <ui.RadioCards name="r" legend="R" options={options} />
        <ui.Button pending>B</ui.Button>
        <ui.CopyButton value="x" />
        <ui.Avatar name="Ada" src="/a.webp" />
        <ui.ThemeSwitch value="system" />
      </>
    ),
    Tabs: (
      <ui.Tabs defaultValue="a">
        <ui.TabsList>
          <ui.TabsTrigger value="a">A</ui.TabsTrigger>
        </ui.TabsList>
        <ui.TabsContent value="a">A</ui.TabsContent>
      </ui.Tabs>
    ),
    Overlays: (
      <ui.ToastProvider>
        <ui.Dialog>
          <ui.DialogTrigger>Open</ui.DialogTrigger>
        </ui.Dialog>
        <ui.AlertDialog title="T" description="D" confirmLabel="Yes" trigger={<ui.Button>Ask</ui.Button>} />
        <ui.DropdownMenu>
          <ui.DropdownMenuTrigger>Menu</ui.DropdownMenuTrigger>
        </ui.DropdownMenu>
        <ui.Tooltip content="T" children={<ui.Button>Tip</ui.Button>} />
      </ui.ToastProvider>
    ),
  };
  test.each(Object.keys(all))('%s needs no inline style and no inline handler', (name) => {
    const html = render(all[name]!);
    expect(html.match(/<[^>]+ (?:style|on\w+)="[^>]*>/g) ?? []).toEqual([]);
    expect(html).not.toContain('<style');
    expect(html).not.toContain('<script');
  });
});
