//! Markdown front matter of another generator: which of its lines are which key.

use crate::import::line::Form;

/// The most lines of front matter that are looked at.
const LIMIT: usize = 500;

/// The forms of the front matter's lines, fences included; nothing if there is none that can be taken over.
pub(super) fn read(lines: &[&str]) -> Vec<Form> {
    if lines.first().map(|line| line.trim_end()) != Some("---") {
        return vec![];
    }
    let Some(end) = lines.iter().take(LIMIT).skip(1).position(|line| matches!(line.trim_end(), "---" | "...")) else {
        return vec![];
    };
    let inner = lines.get(1..=end).unwrap_or_default();
    let Some(keys) = keys(inner) else { return vec![Form::Code; end + 2] };
    let fence = Form::Dropped("front-matter-fence");
    std::iter::once(fence.clone()).chain(keys).chain([fence]).collect()
}

/// The key each line belongs to; none if the lines cannot be taken apart key by key.
fn keys(lines: &[&str]) -> Option<Vec<Form>> {
    let text = lines.join("\n");
    let simple = text.len() <= 32 << 10 && !deep(&text);
    if !simple {
        return None;
    }
    serde_yaml::from_str::<serde_yaml::Mapping>(&text).ok()?;
    let mut key: Option<String> = None;
    let mut forms = vec![];
    for line in lines {
        let starts = !line.starts_with([' ', '-', '#']) && !line.trim().is_empty();
        if starts {
            let (name, _) = line.split_once(':')?;
            let plain = name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
            key = Some(name.to_owned()).filter(|_| plain);
            key.as_ref()?;
        }
        forms.push(match &key {
            Some(key) => Form::Field(key.clone()),
            None => Form::Dropped("front-matter-comment"),
        });
    }
    Some(forms)
}

/// Whether a YAML text uses what cannot be moved about key by key (anchors), or nests deeply.
fn deep(text: &str) -> bool {
    let token = |mark: char| text.split_whitespace().any(|word| word.starts_with(mark) && word.len() > 1);
    let open = text.chars().filter(|c| matches!(c, '[' | '{')).count();
    token('&') || token('*') || text.contains('\t') || open > 50
}
