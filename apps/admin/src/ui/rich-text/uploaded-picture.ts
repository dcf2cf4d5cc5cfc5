import { mergeAttributes, Node } from '@tiptap/react';

const OWN = /^\/uploads\/[0-9a-f-]{36}$/;

/** A picture that was sent up for this mail, within its words. Pictures from elsewhere are left out: a reader's mail program would fetch them. */
export const uploadedPicture = Node.create({
  name: 'image',
  group: 'inline',
  inline: true,
  draggable: true,
  addAttributes() {
    return { src: { default: null }, alt: { default: '' } };
  },
  parseHTML() {
    return [{ tag: 'img[src]', getAttrs: (element) => (OWN.test(element.getAttribute('src') ?? '') ? null : false) }];
  },
  renderHTML({ HTMLAttributes }) {
    return ['img', mergeAttributes(HTMLAttributes)];
  },
  renderText({ node }) {
    return `[${node.attrs.alt || 'picture'}]`;
  },
});
