import {
  createTheme,
  Drawer,
  Menu,
  Modal,
  NumberInput,
  PasswordInput,
  Select,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core';

const order: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error'];
const field = { defaultProps: { radius: 'md', inputWrapperOrder: order } } as const;

/** What the library's parts have in common here. Colours and sizes stand in theme.css, so that no style tag is made at run time. */
export const theme = createTheme({
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // The page itself never scrolls, so no scroll lock (which would need a style tag) is wanted.
    Modal: Modal.extend({
      defaultProps: { lockScroll: false, centered: true, radius: 'md', transitionProps: { duration: 120 } },
    }),
    Drawer: Drawer.extend({ defaultProps: { lockScroll: false, transitionProps: { duration: 120 } } }),
    Menu: Menu.extend({ defaultProps: { radius: 'md', shadow: 'md', transitionProps: { duration: 80 } } }),
    TextInput: TextInput.extend(field),
    Textarea: Textarea.extend(field),
    PasswordInput: PasswordInput.extend(field),
    NumberInput: NumberInput.extend(field),
    Select: Select.extend(field),
    TagsInput: TagsInput.extend(field),
  },
});
