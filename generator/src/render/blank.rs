//! Blank lines between the parts of an item, which prettyplease does not print.

/// Puts a blank line before every method and every part that is documented at length.
pub fn separate(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut separated = String::with_capacity(text.len() + lines.len());
    for (index, line) in lines.iter().enumerate() {
        if index > 0 && begins_part(&lines, index) {
            separated.push('\n');
        }
        separated.push_str(line);
        separated.push('\n');
    }
    separated
}

/// Whether a part of an item begins here that stands apart from the one before.
fn begins_part(lines: &[&str], index: usize) -> bool {
    let (line, previous) = (lines[index].trim_start(), lines[index - 1].trim_end());
    let indent = lines[index].len() - line.len();
    // Deeper lines are expressions; shallower ones are the item itself.
    if indent != 4 || previous.ends_with(['{', '(']) || is_heading(previous.trim_start()) {
        return false;
    }
    if is_heading(line) {
        let length = lines[index..].iter().take_while(|line| is_heading(line.trim_start())).count();
        let is_behind_item = previous.ends_with(';') || previous.trim_start().starts_with("type ");
        return previous == "    }" || length > 1 || is_behind_item || before_is_long(lines, index);
    }
    let is_function =
        ["const ", "fn ", "pub fn ", "pub(super) fn ", "pub(in "].iter().any(|start| line.starts_with(start));
    is_function && (previous == "    }" || previous.ends_with(';'))
}

/// Whether the part before has a heading of more than one line.
fn before_is_long(lines: &[&str], index: usize) -> bool {
    let before = lines[..index - 1].iter().rev();
    before.take_while(|line| is_heading(line.trim_start())).count() > 1
}

fn is_heading(line: &str) -> bool {
    line.starts_with("///") || line.starts_with("#[")
}
