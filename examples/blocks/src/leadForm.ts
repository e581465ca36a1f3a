import type { BlockOf, FormField, LeadForm } from './fragments.ts';
import { type Html, html, nothing } from './html.ts';

/** A problem of what was sent: `path` begins with `input` and names the field. */
export type Problem = { message: string; path: readonly string[] };

/** How a form stands on the page at a moment. */
export type FormState = {
  /** The path of the page. */
  path: string;
  /** Kept across retries, so that what is sent twice is stored once. */
  idempotencyKey: string;
  /** What was filled in, by field; empty at first. */
  values: ReadonlyMap<string, string>;
  /** What to mend. */
  problems: readonly Problem[];
};

/** The box whose wording has an id, which a contract needs; the same question stands among the fields. */
const texts = 'safeContact.text';

/** The form with its labels, what was filled in, and each problem at its field. It needs no script. */
export const leadForm = (form: LeadForm, block: BlockOf<'LeadFormBlock'>, state: FormState): Html => {
  const draw = new Draw(form, block.key, state);
  return html`
<p class="danger"><strong>In danger now? Call <a href="tel:911">911</a>.</strong> In a crisis call or text <a href="tel:988">988</a>, day and night.</p>
<form method="post" action="${state.path}#${block.key}" accept-charset="utf-8">
${draw.summary()}
<p class="hint">${form.intro}</p>
${form.fields.map((field) => draw.field(field))}
<p class="trap" aria-hidden="true"><label>Leave this empty <input name="website" tabindex="-1" autocomplete="off"></label></p>
${draw.box({ name: 'consents', value: form.consent.id, label: form.consent.wording, required: true })}
<input type="hidden" name="form" value="${form.key}">
<input type="hidden" name="formVersion" value="${form.version}">
<input type="hidden" name="placement" value="${block.placement}">
<input type="hidden" name="idempotencyKey" value="${state.idempotencyKey}">
<button type="submit">Send in confidence</button>
</form>`;
};

/** What stands in the form's place once it was sent. */
export const receipt = (reference: string): Html => html`
<div class="receipt" role="status">
<p><strong>Thank you. Your message has arrived.</strong></p>
<p>If you call us about it, name the reference <strong data-reference>${reference}</strong>.</p>
</div>`;

class Draw {
  private readonly form: LeadForm;
  private readonly prefix: string;
  private readonly state: FormState;

  constructor(form: LeadForm, prefix: string, state: FormState) {
    this.form = form;
    this.prefix = prefix;
    this.state = state;
  }

  summary(): Html {
    const { problems } = this.state;
    if (problems.length === 0) return nothing;
    const lines = problems.map((problem) => {
      const field = this.fieldOf(problem);
      return html`<li>${field === undefined ? problem.message : html`<a href="#${this.id(field)}">${problem.message}</a>`}</li>`;
    });
    return html`<div class="problems" role="alert"><p><strong>Your message is not sent yet.</strong></p><ul>${lines}</ul></div>`;
  }

  field(field: FormField): Html {
    const { name, label, options } = field;
    const value = this.state.values.get(name) ?? '';
    if (name === texts) {
      return this.box({ name, value: this.form.textConsent.id, label: this.form.textConsent.wording, required: false });
    }
    switch (field.type) {
      case 'CHECKBOX':
        return this.box({ name, value: 'true', label, required: field.required });
      case 'RADIO':
        return html`
<fieldset id="${this.id(name)}"${this.described(field)}>
<legend>${label} ${wanted(field)}</legend>
${options.map(
  (option) => html`
<label class="choice"><input type="radio" name="${name}" value="${option.value}"${option.value === value && html` checked`}> ${option.label}</label>`,
)}
${this.below(field)}
</fieldset>`;
      case 'SELECT':
        return this.labelled(
          field,
          html`
<select id="${this.id(name)}" name="${name}"${this.described(field)}>
<option value="">No preference</option>
${options.map((option) => html`<option value="${option.value}"${option.value === value && html` selected`}>${option.label}</option>`)}
</select>`,
        );
      case 'TEXTAREA':
        return this.labelled(
          field,
          html`
<textarea id="${this.id(name)}" name="${name}" rows="6"${this.described(field)}>
${value}</textarea>`,
        );
      default:
        return this.labelled(
          field,
          html`
<input id="${this.id(name)}" name="${name}" type="${field.type.toLowerCase()}" value="${value}"${field.autocomplete && html` autocomplete="${field.autocomplete}"`}${this.described(field)}>`,
        );
    }
  }

  box({ name, value, label, required }: { name: string; value: string; label: string; required: boolean }): Html {
    return html`
<div class="field">
<label class="choice"><input id="${this.id(name)}" type="checkbox" name="${name}" value="${value}"${this.state.values.get(name) === value && html` checked`}${this.described({ name, help: '' })}> <span>${label} ${required && wanted({ required })}</span></label>
${this.below({ name, help: '' })}
</div>`;
  }

  private labelled(field: FormField, control: Html): Html {
    return html`
<div class="field">
<label for="${this.id(field.name)}">${field.label} ${wanted(field)}</label>
${this.below(field)}
${control}
</div>`;
  }

  /** What describes a field, for those who hear the page. */
  private described({ name, help }: Pick<FormField, 'name' | 'help'>): Html {
    const problem = this.problemOf(name) !== undefined;
    const ids = [problem && `${this.id(name)}-problem`, help !== '' && `${this.id(name)}-help`].filter(Boolean);
    return html`${problem && html` aria-invalid="true"`}${ids.length > 0 && html` aria-describedby="${ids.join(' ')}"`}`;
  }

  private below({ name, help }: Pick<FormField, 'name' | 'help'>): Html {
    const problem = this.problemOf(name);
    return html`${help !== '' && html`<p class="hint" id="${this.id(name)}-help">${help}</p>`}
${problem && html`<p class="problem" id="${this.id(name)}-problem">${problem.message}</p>`}`;
  }

  private problemOf(name: string): Problem | undefined {
    return this.state.problems.find((problem) => this.fieldOf(problem) === name);
  }

  /** The field of a problem: the one of that path, or the first below it (`contact` concerns phone and e-mail). */
  private fieldOf({ path }: Problem): string | undefined {
    const wanted = path.slice(1).join('.');
    if (wanted === 'consents' || wanted.startsWith('consents.')) return 'consents';
    return this.form.fields.find(({ name }) => name === wanted || name.startsWith(`${wanted}.`))?.name;
  }

  private id(name: string): string {
    return `${this.prefix}-${name.replaceAll('.', '-')}`;
  }
}

const wanted = ({ required, name = '' }: { required: boolean; name?: string }): Html =>
  html`<span class="hint">${required ? '(required)' : name.startsWith('contact.') ? '(one of the two)' : '(optional)'}</span>`;
