import { createTheme } from '@mantine/core';

const order = ['label', 'input', 'description', 'error'];
const field = { defaultProps: { radius: 'md', inputWrapperOrder: order } };

/** What the library's parts have in common here. Colours and sizes stand in theme.css, so that no style tag is made at run
 * time; parts are named, not imported, so that none is loaded before it is used. */
export const theme = createTheme({
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // The page itself never scrolls, so no scroll lock (which would need a style tag) is wanted.
    Modal: { defaultProps: { lockScroll: false, centered: true, radius: 'md', transitionProps: { duration: 120 } } },
    Drawer: { defaultProps: { lockScroll: false, transitionProps: { duration: 120 } } },
    Menu: {
      defaultProps: {
        withInitialFocusPlaceholder: false,
        radius: 'md',
        shadow: 'md',
        transitionProps: { duration: 80 },
      },
    },
    TextInput: field,
    Textarea: field,
    PasswordInput: field,
    NumberInput: field,
    Select: field,
    TagsInput: field,
  },
});
