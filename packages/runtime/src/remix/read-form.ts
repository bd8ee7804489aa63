/** What was posted. A body that is no form was not sent by one of ours, and is refused before it breaks anything. */
export async function readForm(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch {
    throw new Response('This form could not be read. Go back and send it again.', { status: 400 });
  }
}
