/** A module of the chatbot's, such as blocks bring: it only works where the site's import map does. */
import { name } from 'bot-part';

document.documentElement.dataset.botModule = name;
