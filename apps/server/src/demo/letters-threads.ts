import { messageId, type Sample, text } from './write-letter.ts';

const SUBJECT = 'The printer on the second floor';

const STEPS = [
  'The printer on the second floor prints only empty pages.',
  'I have put in new paper. Nothing changed.',
  'Now it says "drum". What is a drum?',
  'I found the drum and shook it a little, as the sticker says.',
  'There is a line across the page now, but it prints.',
  'The line is gone after fifty pages.',
  'Today the pages are empty again.',
  'Would a new drum help? Which one do we need?',
];

/** A letter that quotes the one before it, as mail programs write it. */
function followUp(words: string, before: string): string {
  return `${words}\n\nOn Monday, Nils Holm wrote:\n> ${before}\n`;
}

/** One long matter, letter after letter, and two that follow up without saying so in their headers. */
export const threadLetters: readonly Sample[] = [
  ...STEPS.map(
    (words, i): Sample => ({
      from: 'nils@example.com',
      name: 'Nils Holm',
      subject: i === 0 ? SUBJECT : `Re: ${SUBJECT}`,
      id: `nils-${i + 1}`,
      headers:
        i === 0
          ? []
          : [
              `In-Reply-To: ${messageId(`nils-${i}`)}`,
              `References: ${STEPS.slice(0, i)
                .map((_, before) => messageId(`nils-${before + 1}`))
                .join('\r\n ')}`,
            ],
      part: text(i === 0 ? `${words}\n\nNils\n` : followUp(words, STEPS[i - 1]!)),
    }),
  ),
  {
    from: 'nils@example.com',
    name: 'Nils Holm',
    subject: `RE: ${SUBJECT}`,
    id: 'nils-phone',
    part: text('From my phone: the part is called D-12.\n'),
  },
  {
    from: 'anna.berg@example.com',
    name: 'Anna Berg',
    subject: 'AW: I cannot sign in since this morning',
    id: 'anna-2',
    headers: [`In-Reply-To: ${messageId('anna-1')}`],
    part: text('It works again, I had the caps lock on. Sorry!\n\n-- \nAnna Berg\n'),
  },
];
