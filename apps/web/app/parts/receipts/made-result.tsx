import type { GenerationOutput } from '@repo/domain/generation/schema';
import { cn } from '@repo/ui';
import { BigPicture } from '#app/parts/page/big-picture.tsx';
import { durationText } from '#app/parts/page/moment.tsx';

/** What a generation made, in the way of its kind. `alt` says what was asked for. */
export function MadeResult({ output, alt }: { output: GenerationOutput; alt: string }) {
  switch (output.kind) {
    case 'image.edit':
    case 'image.create':
      return <BigPicture picture={output.picture} alt={alt} />;
    case 'video.create': {
      const { url, mimeType, poster, durationSeconds } = output.film;
      return (
        <figure className="grid gap-2">
          {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what is heard in a film that was just made. */}
          <video
            controls
            playsInline
            preload="metadata"
            poster={poster.urls['1600']}
            width={poster.width}
            height={poster.height}
            aria-label={alt}
            className="mx-auto h-auto max-h-[70svh] w-auto max-w-full rounded-xl bg-sunken"
          >
            <source src={url} type={mimeType} />
            <a href={url}>Download the film</a>
          </video>
          <figcaption className="text-center text-[13px] text-muted">
            A film of {durationText(durationSeconds)}
          </figcaption>
        </figure>
      );
    }
    case 'speech.create': {
      const { url, mimeType, durationSeconds } = output.sound;
      return (
        <figure className="grid gap-2">
          {/* biome-ignore lint/a11y/useMediaCaption: its words are the prompt, which stands beside it. */}
          <audio controls preload="metadata" aria-label={alt} className="w-full">
            <source src={url} type={mimeType} />
            <a href={url}>Download the sound</a>
          </audio>
          <figcaption className="text-[13px] text-muted">{durationText(durationSeconds)} of speech</figcaption>
        </figure>
      );
    }
    case 'image.describe':
    case 'text.stream':
      return <Words text={output.text} />;
    case 'text.structured':
      return <Words text={JSON.stringify(output.value, null, 2) ?? 'nothing'} isCode />;
    case 'text.embed': {
      const { vectors, dimensions } = output;
      const numbers = `${dimensions.toLocaleString('en')} numbers`;
      return (
        <p className="rounded-xl bg-sunken p-6 text-center text-muted">
          {vectors.length === 1 ? `1 text, ${numbers}` : `${vectors.length} texts, ${numbers} each`}
        </p>
      );
    }
    default:
      return output satisfies never;
  }
}

/** Scrolls within its own frame where it is long, which the keyboard must reach. */
function Words({ text, isCode = false }: { text: string; isCode?: boolean }) {
  return (
    <section aria-label="What was made">
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
        tabIndex={0}
        className={cn(
          'max-h-[70svh] overflow-auto whitespace-pre-wrap rounded-xl border border-line bg-surface p-5 [overflow-wrap:anywhere]',
          isCode ? 'font-mono text-[13px]' : 'font-sans text-[15px] leading-relaxed',
        )}
      >
        {text}
      </pre>
    </section>
  );
}
