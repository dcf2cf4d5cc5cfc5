import { IsOptional, MaxLength } from 'class-validator';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { ConnectionType } from '../platform/pagination.ts';
import { SavedReply, SavedReplyReach } from './saved-reply.entity.ts';

const ID_LENGTH = 36;

@ObjectType({ description: 'A window of the saved replies.' })
export class SavedReplyConnection extends ConnectionType {
  @Field(() => [SavedReply], { description: 'The saved replies, first made first.' })
  nodes: SavedReply[];
}

@InputType({ description: 'A saved reply to make or to change. Fields left out stay as they are.' })
export class SavedReplyInput {
  @Field(() => ID, { nullable: true, description: 'Which one to change; left out: a new one.' })
  @IsOptional()
  @MaxLength(ID_LENGTH)
  id?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The version that the writer has seen; if it has changed meanwhile, nothing is saved (CONFLICT).',
  })
  version?: number | null;

  @Field(() => String, { nullable: true, description: 'Its name, 1 to 100 characters; needed for a new one.' })
  name?: string | null;

  @Field(() => SavedReplyReach, { nullable: true, description: 'Whom it is for; needed for a new one.' })
  reach?: SavedReplyReach | null;

  @Field(() => String, {
    nullable: true,
    description: 'Its words as HTML, cleaned like those of a reply; pictures are left out. Needed for a new one.',
  })
  html?: string | null;
}

@InputType({ description: 'Names a saved reply.' })
export class SavedReplyIdInput {
  @Field(() => ID, { description: 'The saved reply.' })
  @MaxLength(ID_LENGTH)
  savedReplyId: string;
}
