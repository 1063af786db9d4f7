//! The components that a site defines for its authors: `templates/components/NAME.html` with `{% component NAME(…) %}`.

use tera::{ComponentArg, ComponentArgType, Context, Tera, Value};

use super::{Shared, Templates, written};
use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean};
use crate::markdown::{Argument, BUILT_IN, Component};
use crate::paths::SourcePath;

/// The argument of a component that the site gives and no author.
const SHOWN: &str = "shown";

impl Templates {
    /// What is wrong with the use of a component in the file at `path`: its name, its arguments, their types.
    pub fn check_component(&self, component: &Component, path: &SourcePath) -> Vec<Diagnostic> {
        let name = &component.name;
        let place = Place::new(path, component.span);
        let Some(source) = self.component_source(name) else {
            let own = self.component_names();
            let all = BUILT_IN.into_iter().chain(own.iter().map(String::as_str));
            let hint = did_you_mean(name, all).unwrap_or_else(|| {
                format!("define it in `templates/components/{name}.html`, or write `\\:::` if it is text")
            });
            let message = format!("there is no component `{name}`");
            return vec![Diagnostic::error(Code::UnknownComponent, place, message).hint(hint)];
        };
        let own = identifier(name);
        let Some(info) = self.by_language.first().and_then(|tera| tera.get_component_definition(&own)) else {
            let message = format!("the template does not define the component `{own}`");
            let hint =
                format!("begin it with `{{% component {own}() %}}` and end it with `{{% endcomponent {own} %}}`");
            let place = Place::file(source);
            return vec![Diagnostic::error(Code::TemplateSyntax, place, message).hint(hint)];
        };
        let explicit = || info.args().iter().filter(|declared| !declared.is_implicit() && declared.name() != SHOWN);
        let mut wrong = vec![];
        for argument in &component.arguments {
            let written = identifier(&argument.name);
            let place = Place::new(path, argument.span);
            match explicit().find(|declared| declared.name() == written) {
                Some(declared) => {
                    if let Err(meant) = value(argument, Some(declared)) {
                        let message = format!("`{}` of `{name}` has to be {meant}", argument.name);
                        wrong.push(Diagnostic::error(Code::Component, place, message));
                    }
                }
                None if info.rest_param().is_some() => {}
                None => {
                    let names: Vec<&str> = explicit().map(ComponentArg::name).collect();
                    let hint = did_you_mean(&written, names.iter().copied())
                        .or_else(|| (!names.is_empty()).then(|| format!("it takes `{}`", names.join("`, `"))));
                    let message = format!("`{name}` takes no `{}`", argument.name);
                    wrong.push(Diagnostic::error(Code::Component, place, message).hint_if(hint));
                }
            }
        }
        let given = |declared: &ComponentArg| {
            component.arguments.iter().any(|argument| identifier(&argument.name) == declared.name())
        };
        for declared in explicit().filter(|declared| declared.is_required() && !given(declared)) {
            let message = format!("`{name}` needs `{}`", declared.name());
            let hint = format!("write `:::{name} {}=\"…\"`", declared.name());
            wrong.push(Diagnostic::error(Code::Component, place.clone(), message).hint(hint));
        }
        wrong
    }

    /// The HTML of a component around its body, which is HTML already, with what the site shows in it.
    ///
    /// # Errors
    /// A diagnostic with the place in the template, and `page` as the place where it is used.
    pub fn render_component(
        &self,
        language: usize,
        component: &Component,
        (body, shown): (&str, Option<&Shared>),
        page: &Place,
    ) -> Result<String, Box<Diagnostic>> {
        let tera = self.by_language.get(language).or(self.by_language.first());
        let own = identifier(&component.name);
        let Some((tera, info)) = tera.and_then(|tera| Some((tera, tera.get_component_definition(&own)?))) else {
            let message = format!("there is no component `{}`", component.name);
            return Err(Box::new(Diagnostic::error(Code::UnknownComponent, page.clone(), message)));
        };
        let mut context = Context::new();
        for argument in &component.arguments {
            let name = identifier(&argument.name);
            let declared = info.args().iter().find(|declared| declared.name() == name);
            match value(argument, declared) {
                Ok(value) => context.insert_value(name, value),
                Err(meant) => {
                    let message = format!("`{}` of `{}` has to be {meant}", argument.name, component.name);
                    return Err(Box::new(Diagnostic::error(Code::Component, page.clone(), message)));
                }
            }
        }
        if let Some(shown) = shown {
            context.insert_value(SHOWN, shown.0.clone());
        }
        self.component(tera, (&own, &context), component.has_body.then_some(body), page)
    }

    /// The HTML of a component of the theme with one argument, around a body of HTML.
    ///
    /// # Errors
    /// A diagnostic with the place in the template, and `page` as the place where it is used.
    pub fn render_part(
        &self,
        language: usize,
        name: &str,
        (argument, value): (&'static str, &Shared),
        body: &str,
        page: &Place,
    ) -> Result<String, Box<Diagnostic>> {
        let tera = self.by_language.get(language).or(self.by_language.first());
        let Some(tera) = tera else { return Ok(String::new()) };
        let mut context = Context::new();
        context.insert_value(argument, value.0.clone());
        self.component(tera, (name, &context), Some(body), page)
    }

    fn component(
        &self,
        tera: &Tera,
        (name, context): (&str, &Context),
        body: Option<&str>,
        page: &Place,
    ) -> Result<String, Box<Diagnostic>> {
        let mut bytes = vec![];
        tera.render_component_to(name, context, body, true, &mut bytes)
            .map_err(|error| Box::new(self.complaint(&error, Code::TemplateError, Some(page))))?;
        written(bytes, page)
    }

    /// The names that authors can write, in their order.
    fn component_names(&self) -> Vec<String> {
        let name = |full: &String| {
            let (before, name) = full.rsplit_once("components/")?;
            (before.is_empty() || before.ends_with('/')).then(|| name.strip_suffix(".html").map(str::to_owned))?
        };
        let mut names: Vec<String> = self.sources.keys().filter_map(name).filter(|name| !name.contains('/')).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn component_source(&self, name: &str) -> Option<&SourcePath> {
        let own = format!("components/{name}.html");
        let source = self.sources.get(&own).or_else(|| self.layered(&own))?;
        Some(source.path())
    }
}

/// A name as templates can have it.
fn identifier(name: &str) -> String {
    name.replace('-', "_")
}

/// An argument as the type that its component declares, or what was meant.
fn value(argument: &Argument, declared: Option<&ComponentArg>) -> Result<Value, &'static str> {
    let text = argument.value.as_deref();
    let kind = declared.and_then(ComponentArg::arg_type);
    match (kind, text) {
        (None | Some(ComponentArgType::Bool), None) => Ok(Value::from(true)),
        (Some(ComponentArgType::Bool), Some("true" | "yes")) => Ok(Value::from(true)),
        (Some(ComponentArgType::Bool), Some("false" | "no")) => Ok(Value::from(false)),
        (Some(ComponentArgType::Bool), _) => Err("`true` or `false`"),
        (Some(ComponentArgType::Integer), Some(text)) => {
            text.parse::<i64>().map(Value::from).map_err(|_| "a whole number")
        }
        (Some(ComponentArgType::Integer), None) => Err("a whole number"),
        (Some(ComponentArgType::Float | ComponentArgType::Number), text) => {
            number(text.unwrap_or_default()).ok_or("a number")
        }
        (Some(ComponentArgType::Array), text) => {
            let parts =
                text.unwrap_or_default().split([',', '，', '、']).map(str::trim).filter(|part| !part.is_empty());
            Ok(Value::from(parts.map(Value::from).collect::<Vec<Value>>()))
        }
        (Some(ComponentArgType::Map | ComponentArgType::Bytes), _) => Err("of a type that Markdown cannot write"),
        (_, Some(text)) => Ok(Value::from(text)),
        (_, None) => Err("a text: write it behind a `=`"),
    }
}

fn number(text: &str) -> Option<Value> {
    if let Ok(whole) = text.parse::<i64>() {
        return Some(Value::from(whole));
    }
    text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::from)
}
