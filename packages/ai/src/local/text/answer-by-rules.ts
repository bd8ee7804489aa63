/** An answer in sentences that says only what the question itself holds. Pure. */
import { readSource, relevance, type Source } from './read-source.ts';
import { stemsOf } from './stem.ts';

/** Nobody shall take it for more than it is. */
export const OPENING = 'Local rules, no AI model:';

const MOST_SENTENCES = 3;

export function answerByRules(prompt: string): string {
  const source = readSource(prompt);
  const parts = [OPENING, ...sayMaterial(source), ...sayFacts(source)];
  parts.push('A text model could add words of its own; these rules cannot.');
  return parts.join(' ');
}

function sayMaterial(source: Source): string[] {
  const { sentences, material, asked, keywords } = source;
  if (sentences.length === 0) return ['there are no words to go by.'];
  if (sentences.length < 2 && material === asked) {
    const words = keywords.slice(0, 5).join(', ');
    return [
      words
        ? `I can point at what you wrote, not add to it. It is about ${words}.`
        : 'I can point at what you wrote, not add to it.',
    ];
  }
  const question = new Set(
    stemsOf(material === asked ? (sentences.findLast((one) => one.endsWith('?')) ?? '') : asked),
  );
  const others = sentences.filter((sentence) => !(sentence.endsWith('?') && material === asked));
  const chosen = others
    .map((sentence, at) => {
      const shared = stemsOf(sentence).filter((word) => question.has(word)).length;
      return { sentence, at, score: shared + relevance(source, sentence) };
    })
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, MOST_SENTENCES)
    .sort((a, b) => a.at - b.at)
    .map(({ sentence }) => (/[.!?…。！？]["'”’)]?$/.test(sentence) ? sentence : `${sentence}.`));
  return ['what your text says of it:', ...chosen];
}

function sayFacts({ sentences, keywords, numbers, dates, colours, items }: Source): string[] {
  const facts: string[] = [];
  const say = (label: string, words: readonly string[]) => {
    if (words.length > 0) facts.push(`${label}: ${[...new Set(words)].slice(0, 6).join(', ')}.`);
  };
  if (sentences.length > 1) say('Key words', keywords.slice(0, 6));
  if (items.length > 1) say('Its list', items);
  say(
    'Numbers',
    numbers.map(({ said }) => said),
  );
  say(
    'Dates',
    dates.map(({ iso }) => iso),
  );
  say(
    'Colours',
    colours.map(({ said }) => said),
  );
  return facts;
}
