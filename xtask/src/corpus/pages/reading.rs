//! A list as its server gives it out: requests in, three pages out and then the end as this list ends, or what is wrong with a
//! request. Nothing is known of the list but what the generator says of it.

use generator::lists::{List, Next, Property, Sign, Taker};
use serde_json::{Value, json};

use super::place::{clear, find, text};
use super::request::{Asked, same_target};

/// How many items the pages have. No two have as many: a page with the items of the one before is taken for the same again.
const LENGTHS: [usize; 3] = [3, 2, 1];

/// How many items there are.
pub const ITEMS: usize = LENGTHS[0] + LENGTHS[1] + LENGTHS[2];

/// A list that somebody reads.
#[derive(Debug, Clone)]
pub struct Reading {
    list: List,
    first: Option<Asked>,
    /// How many pages, or items if those are counted, come before what was asked for first.
    skipped: i64,
    /// How many pages and items were given out.
    pages: usize,
    items: usize,
    /// What has to be asked for next; nothing if it was said that there is no more.
    next: Option<String>,
    complaint: Option<String>,
}

/// A page.
#[derive(Debug, PartialEq)]
pub struct Page {
    /// Its status.
    pub status: u16,
    /// Its media type.
    pub media_type: String,
    /// The header `Link`.
    pub link: Option<String>,
    /// Its body.
    pub body: Value,
}

impl Reading {
    /// Of a list that nobody has asked for yet.
    pub fn new(list: List) -> Self {
        Self { list, first: None, skipped: 0, pages: 0, items: 0, next: None, complaint: None }
    }

    /// What is wrong with what was asked for, if anything is.
    pub fn complaint(&self) -> Option<&str> {
        self.complaint.as_deref()
    }

    /// The page that is asked for, or what is wrong.
    pub fn answer(&mut self, asked: &Asked) -> Result<Page, String> {
        let page = self.check(asked).and_then(|()| self.turn(asked));
        if let Err(complaint) = &page {
            self.complaint.get_or_insert_with(|| complaint.clone());
        }
        page
    }

    fn check(&self, asked: &Asked) -> Result<(), String> {
        let Some(first) = &self.first else { return Ok(()) };
        let Some(next) = &self.next else {
            return Err(format!(
                "page {} is asked for, and the one before it said that it is the last",
                self.pages + 1
            ));
        };
        let Some(taker) = self.taker() else {
            let is_followed = same_target(asked.target(), next);
            return if is_followed {
                Ok(())
            } else {
                Err(format!("`{}` is asked for and not `{next}`", asked.target()))
            };
        };
        match asked.value(taker) {
            Some(value) if is_same(&value, next) => {}
            Some(value) => return Err(format!("`{}` is `{value}` and not `{next}`", taker.name)),
            None => return Err(format!("`{}` is missing, which should be `{next}`", taker.name)),
        }
        let (before, now) = (first.rest(taker), asked.rest(taker));
        if before == now { Ok(()) } else { Err(format!("beside `{}`, `{before}` became `{now}`", taker.name)) }
    }

    fn taker(&self) -> Option<&Taker> {
        match &self.list.next {
            Next::Number(taker, _) | Next::Offset(taker, _) | Next::Cursor(taker, _) | Next::LastItem(taker, _) => {
                Some(taker)
            }
            Next::LinkHeader | Next::Url(_) => None,
        }
    }

    /// Makes the page, and decides what has to be asked for behind it.
    fn turn(&mut self, asked: &Asked) -> Result<Page, String> {
        let mut body = self.list.page.clone().ok_or("no page can be made up")?;
        if self.first.is_none() {
            self.skipped = self.skipped_by(asked)?;
            self.first = Some(asked.clone());
        }
        self.pages += 1;
        let is_last = self.pages >= LENGTHS.len();
        let last_item = self.fill(&mut body)?;
        let target = (!is_last).then(|| self.link(asked));
        let url = target.as_ref().map(|target| format!("{}{target}", asked.origin()));
        let mut is_told = self.pages > LENGTHS.len();
        for (sign, property) in &self.list.ends {
            is_told |= self.tell(&mut body, *sign, property, url.as_deref())? && is_last;
        }
        let next = match &self.list.next {
            Next::Number(_, first) => Some((first + self.skipped + count(self.pages)).to_string()),
            Next::Offset(_, first) => Some((first + self.skipped + count(self.items)).to_string()),
            Next::LastItem(..) => last_item.or_else(|| self.next.clone()),
            Next::Cursor(_, found) => self.cursor(&mut body, found)?,
            Next::LinkHeader => target,
            Next::Url(found) => {
                put_url(&mut body, found, url.as_deref())?;
                target
            }
        };
        self.next = next.filter(|_| !is_told);
        let is_linked = matches!(self.list.next, Next::LinkHeader);
        let link = url.filter(|_| is_linked).map(|url| format!("</>; rel=\"first\", <{url}>; rel=\"next\""));
        Ok(Page { status: self.list.status, media_type: self.list.media_type.clone(), link, body })
    }

    /// How many pages or items somebody leaves out who begins with this request.
    fn skipped_by(&self, asked: &Asked) -> Result<i64, String> {
        let (Next::Number(taker, first) | Next::Offset(taker, first)) = &self.list.next else { return Ok(0) };
        let Some(value) = asked.value(taker) else { return Ok(0) };
        let number = value.parse::<i64>().map_err(|_| format!("`{}` is `{value}` and no number", taker.name))?;
        Ok(number - first)
    }

    /// Gives the page as many items as it has to have, and says by what the last of them is known, if it is known by that.
    fn fill(&mut self, body: &mut Value) -> Result<Option<String>, String> {
        let length = LENGTHS.get(self.pages - 1).copied().unwrap_or_default();
        let list = find(body, &self.list.items)?;
        let item = list[0].take();
        let mut items = vec![item; length];
        let mut last = None;
        if let Next::LastItem(_, property) = &self.list.next {
            for (at, item) in items.iter_mut().enumerate() {
                let mark = self.mark(self.items + at)?;
                last = text(&mark);
                *find(item, property)? = mark;
            }
        }
        self.items += length;
        *list = Value::Array(items);
        Ok(last)
    }

    /// The link behind this page: the first request with something that only this server understands.
    fn link(&self, asked: &Asked) -> String {
        let target = self.first.as_ref().unwrap_or(asked).target();
        let separator = if target.contains('?') { '&' } else { '?' };
        format!("{target}{separator}behind-page={}", self.pages)
    }

    /// Makes the page say whether it is the last, which the one without a `url` is; gives whether it can.
    fn tell(&self, body: &mut Value, sign: Sign, property: &Property, url: Option<&str>) -> Result<bool, String> {
        let is_by_item = matches!(self.list.next, Next::Offset(..));
        let (value, tells) = match sign {
            Sign::More => (json!(url.is_some()), true),
            Sign::Done => (json!(url.is_none()), true),
            Sign::Link => return put_url(body, property, url),
            Sign::Pages => (json!(self.skipped + count(LENGTHS.len())), true),
            Sign::Items if is_by_item => (json!(self.skipped + count(ITEMS)), true),
            // How many items are on pages that were not asked for, nobody can know.
            Sign::Items => (json!(ITEMS), self.skipped == 0),
        };
        *find(body, property)? = value;
        Ok(tells)
    }

    /// Makes the page name the next one, if there is one or a name must be there.
    fn cursor(&self, body: &mut Value, property: &Property) -> Result<Option<String>, String> {
        if self.pages >= LENGTHS.len() && clear(body, property)? {
            return Ok(None);
        }
        // The page behind the last names itself, as where the list may go on some day.
        let mark = self.mark(self.pages.min(LENGTHS.len()) - 1)?;
        let cursor = text(&mark);
        *find(body, property)? = mark;
        Ok(cursor)
    }

    fn mark(&self, index: usize) -> Result<Value, String> {
        self.list.marks.get(index).cloned().ok_or_else(|| format!("bug: there is no cursor {index}"))
    }
}

/// Sets a property to the URL of the next page; without one, gives whether it could be emptied.
fn put_url(body: &mut Value, property: &Property, url: Option<&str>) -> Result<bool, String> {
    let Some(url) = url else { return clear(body, property) };
    *find(body, property)? = json!(url);
    Ok(true)
}

/// Whether both stand for the same, numbers by their value.
fn is_same(one: &str, other: &str) -> bool {
    let number = |text: &str| text.parse::<f64>().ok();
    one == other || number(one).is_some_and(|one| number(other) == Some(one))
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
