const MAX_MB = 20;

/** Sends a list to the draft of a mailing. Null when it was read, otherwise the sentence to show. */
export async function uploadList(campaignId: string, file: File): Promise<string | null> {
  // The server would end the connection while the list is still on its way, and its sentence would be lost.
  if (file.size > MAX_MB * 1024 * 1024)
    return `A list has at most ${MAX_MB} MB. Nobody was chosen anew; split it into several mailings.`;
  try {
    const answer = await fetch(`/mass-mail/${campaignId}/recipients`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv', 'apollo-require-preflight': 'true' },
      body: file,
    });
    if (answer.ok) return null;
    const { errors } = (await answer.json()) as { errors?: { message?: string }[] };
    return errors?.[0]?.message ?? `The server answered with ${answer.status}. The list was not read.`;
  } catch {
    return 'The list could not be sent. Check the connection and try again.';
  }
}
