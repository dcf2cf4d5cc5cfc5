export { CANARY_HOST, type HostilePiece, hostilePieces } from './hostile-html.ts';
export { damagedLetters } from './hostile-letters.ts';
