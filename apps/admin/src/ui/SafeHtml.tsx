import DOMPurify from 'dompurify';
import { useLayoutEffect, useRef } from 'react';
import './rich-text/article-text.css';

/** HTML from the server, cleaned once more and put in as nodes. Links open beside the page. */
export function SafeHtml({ html, className }: { html: string; className?: string }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const fragment = DOMPurify.sanitize(html, { RETURN_DOM_FRAGMENT: true });
    for (const link of fragment.querySelectorAll('a')) {
      link.target = '_blank';
      link.rel = 'noopener noreferrer';
    }
    place.current?.replaceChildren(fragment);
  }, [html]);
  return <div ref={place} className={className} dir="auto" />;
}
