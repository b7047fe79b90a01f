/** What a module of the chatbot imports by its name: the site's import map leads here. */
export const name = 'part';
