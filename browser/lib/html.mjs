// html-validate: the recommended rules, those about access included.
import { HtmlValidate, StaticConfigLoader } from 'html-validate';

const validator = new HtmlValidate(new StaticConfigLoader({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // The recommended set leaves this one out.
    'input-missing-label': 'error',
    // Templates leave spaces where a branch was not taken; nobody sees them.
    'no-trailing-whitespace': 'off',
    // Matters of taste, settled by the template engine.
    'void-style': 'off',
    'doctype-style': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    // The style sheet keeps phone numbers on one line.
    'tel-non-breaking': 'off',
    // Several answers to one question share a name.
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit', 'button', 'reset'] }],
  },
}));

/** What is wrong with a page as the server sent it, as sentences. */
export async function htmlProblems(html) {
  const report = await validator.validateString(html);
  return report.results.flatMap(({ messages }) => messages)
    .map(({ line, column, message, ruleId }) => `html ${line}:${column} ${message} (${ruleId})`);
}
