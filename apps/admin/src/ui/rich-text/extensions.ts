import { StarterKit } from '@tiptap/starter-kit';

/** What a body may hold: exactly what Markdown has a form for, tables and images apart. */
export const articleKit = StarterKit.configure({
  underline: false,
  link: { openOnClick: false, autolink: false, defaultProtocol: 'https' },
});
