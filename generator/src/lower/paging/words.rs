//! The words that APIs use for pages. In go names without case and punctuation, out comes what they stand for.

/// A name without case and punctuation: `page[number]`, `pageNumber` and `page_number` are one.
pub fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// Takes the number of a page.
pub fn is_page(name: &str) -> bool {
    ["page", "pagenumber", "pageno", "pagenum", "currentpage", "pageindex"].contains(&name)
}

/// Takes the number of an item.
pub fn is_offset(name: &str) -> bool {
    const NAMES: &[&str] = &["offset", "skip", "startindex", "pageoffset", "startoffset", "firstresult", "start"];
    NAMES.contains(&name)
}

/// Takes how many items make a page.
pub fn is_limit(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "limit",
        "perpage",
        "pagesize",
        "count",
        "size",
        "top",
        "first",
        "max",
        "maxresults",
        "maxitems",
        "itemsperpage",
        "pagelimit",
        "take",
        "rows",
        "resultsperpage",
        "maxpagesize",
        "maximumpagesize",
    ];
    NAMES.contains(&name)
}

/// Takes what the page before calls this one, or an item of that page.
pub fn is_cursor(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "after",
        "aftercursor",
        "bookmark",
        "continuation",
        "continuationtoken",
        "cursor",
        "exclusivestartkey",
        "iterator",
        "marker",
        "nextcursor",
        "nextmarker",
        "nextpagetoken",
        "nexttoken",
        "pagecursor",
        "pagetoken",
        "paginationkey",
        "paginationtoken",
        "scrollid",
        "startcursor",
        "startingtoken",
        "startkey",
    ];
    NAMES.contains(&name)
}

/// Takes the id of the last item of the page before.
pub fn is_last_item(name: &str) -> bool {
    ["after", "afterid", "startafter", "startafterid", "startingafter"].contains(&name)
}

/// Is true if there is another page.
pub fn is_more(name: &str) -> bool {
    ["hasmore", "hasmoreitems", "hasmoreresults", "hasnext", "hasnextpage", "more", "moreresults"].contains(&name)
}

/// Is true if there is no other page.
pub fn is_done(name: &str) -> bool {
    ["done", "islast", "islastpage", "lastpage", "last"].contains(&name)
}

/// Is the number of all items.
pub fn is_total_items(name: &str) -> bool {
    const NAMES: &[&str] =
        &["total", "totalcount", "totalelements", "totalhits", "totalitems", "totalrecords", "totalresults"];
    NAMES.contains(&name)
}

/// Is the number of all pages.
pub fn is_total_pages(name: &str) -> bool {
    ["lastpage", "numpages", "pages", "pagestotal", "totalpages"].contains(&name)
}

/// Holds what is said of pages.
pub fn is_container(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "cursor",
        "cursors",
        "cursorpagination",
        "links",
        "meta",
        "metadata",
        "next",
        "nextpage",
        "pageinfo",
        "paging",
        "pagination",
        "responsemetadata",
        "result",
    ];
    NAMES.contains(&name)
}

/// Holds the list where it stands one level down.
pub fn is_envelope(name: &str) -> bool {
    ["body", "data", "embedded", "page", "response", "result", "results"].contains(&name)
}

/// What a list of items is called where its name says nothing of them, the more usual first.
pub const LISTS: &[&str] = &[
    "data",
    "items",
    "results",
    "result",
    "records",
    "entries",
    "values",
    "elements",
    "resources",
    "rows",
    "list",
    "hits",
    "nodes",
    "objects",
    "content",
    "collection",
];

/// What a list that is not the one of items is called.
pub fn is_aside(name: &str) -> bool {
    ["errors", "facets", "included", "links", "order", "schemas", "sort", "warnings"].contains(&name)
}

/// Whether a property is a URL by its name and those that it stands in.
pub fn is_link(names: &[String]) -> bool {
    const NAMES: &[&str] =
        &["nexthref", "nextlink", "nextpagelink", "nextpageuri", "nextpageurl", "nexturi", "nexturl", "odatanextlink"];
    match names {
        [.., holder, name] if name == "next" => holder == "links",
        [.., holder, name] if holder == "next" => ["href", "link", "uri", "url"].contains(&name.as_str()),
        [.., name] => NAMES.contains(&name.as_str()),
        [] => false,
    }
}

/// Whether a property leads to the next page, be it as a URL.
pub fn is_next_link(names: &[String]) -> bool {
    let holds = |names: &[String]| names.last().is_none_or(|holder| is_container(holder));
    is_link(names) || names.split_last().is_some_and(|(name, holders)| name == "next" && holds(holders))
}

/// Whether a property is what `parameter` takes for the next page; `has_end` if the page says besides whether it is the
/// last.
pub fn is_next(parameter: &str, names: &[String], has_end: bool) -> bool {
    const NAMES: &[&str] = &[
        "lastevaluatedkey",
        "nextcontinuationtoken",
        "nextcursor",
        "nextkey",
        "nextmarker",
        "nextpage",
        "nextpagecursor",
        "nextpagetoken",
        "nextpaginationtoken",
        "nexttoken",
    ];
    let Some((name, holders)) = names.split_last() else { return false };
    let holder = holders.last().map_or("", String::as_str);
    let is_cursor = is_cursor(parameter);
    if name.strip_prefix("next") == Some(parameter) || (name == parameter && holder.starts_with("next")) {
        return true;
    }
    if is_cursor && (NAMES.contains(&name.as_str()) || name == "next" && (holder.is_empty() || is_container(holder))) {
        return true;
    }
    if is_page(parameter) && name == "nextpage" || name == parameter && is_cursor && holder == "cursors" {
        return true;
    }
    // These can be what was sent, given back, so that only the end tells.
    let is_echo = is_cursor && (name == parameter || name == "endcursor");
    let of_item = ["startafter", "after"].iter().find_map(|word| parameter.strip_prefix(word));
    let is_last = of_item.is_some_and(|item| !item.is_empty() && name.strip_prefix("last") == Some(item));
    has_end && (is_echo || is_last)
}
