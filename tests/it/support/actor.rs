//! Who asks: a visitor of the public schema, or a member of staff with a browser's cookie and token.

use reqwest::{Client, RequestBuilder, StatusCode, header};
use serde_json::{Value, json};

/// What a GraphQL request came back with.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: header::HeaderMap,
    pub body: Value,
}

impl Answer {
    /// Sends a request.
    pub async fn to(request: RequestBuilder) -> Self {
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.expect("a whole answer");
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Self { status, headers, body }
    }

    /// The data; fails the test when there are errors.
    pub fn data(&self) -> &Value {
        assert_eq!(self.body["errors"], Value::Null, "{:#}", self.body);
        &self.body["data"]
    }

    /// The object of a mutation's payload, which must have no user errors.
    pub fn done(&self, mutation: &str) -> &Value {
        let payload = &self.data()[mutation];
        assert_eq!(payload["userErrors"], json!([]), "{payload:#}");
        payload
    }

    /// A mutation's user errors as `CODE path.to.field: message`, a line each.
    pub fn refused(&self, mutation: &str) -> String {
        let errors = self.data()[mutation]["userErrors"].as_array().expect("user errors").clone();
        assert!(!errors.is_empty(), "{mutation} was not refused: {:#}", self.body);
        let line = |error: &Value| {
            let path: Vec<&str> = error["path"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            format!("{} {}: {}", text(&error["code"]), path.join("."), text(&error["message"]))
        };
        errors.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// The errors of the request as `CODE: message`, a line each.
    pub fn errors(&self) -> String {
        let errors = self.body["errors"].as_array().cloned().unwrap_or_default();
        let line = |error: &Value| format!("{}: {}", text(&error["extensions"]["code"]), text(&error["message"]));
        errors.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Somebody on the public site.
pub struct Visitor {
    client: Client,
    base: String,
}

impl Visitor {
    pub fn new(base: String) -> Self {
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
        Self { client, base }
    }

    /// Asks the public schema.
    pub async fn ask(&self, query: &str, variables: Value) -> Answer {
        let body = json!({ "query": query, "variables": variables });
        Answer::to(self.client.post(format!("{}/graphql", self.base)).json(&body)).await
    }

    /// Fetches a page; the body is a text.
    pub async fn get(&self, path: &str) -> Answer {
        Answer::to(self.client.get(format!("{}{path}", self.base))).await
    }

    /// Posts a form as a browser without JavaScript does.
    pub async fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        Answer::to(self.client.post(format!("{}{path}", self.base)).form(fields)).await
    }

    /// A request of one's own making.
    pub fn request(&self, method: reqwest::Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }
}

/// A member of staff in a browser: the token in memory, the refresh cookie beside it.
pub struct Staff {
    client: Client,
    pub base: String,
    pub token: Option<String>,
    pub cookie: Option<String>,
    pub id: String,
}

const SESSION: &str = "session { accessToken accessTokenExpiresAt viewer { user { id name email role } permissions } } \
                       userErrors { code message path }";

impl Staff {
    pub fn new(base: String) -> Self {
        Self { client: Client::new(), base, token: None, cookie: None, id: String::new() }
    }

    /// Asks the staff schema with whatever session there is.
    pub async fn ask(&self, query: &str, variables: Value) -> Answer {
        let mut request = self.client.post(format!("{}/admin/graphql", self.base)).header("x-hillside", "1");
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, format!("__Host-hillside_rt={cookie}"));
        }
        Answer::to(request.json(&json!({ "query": query, "variables": variables }))).await
    }

    /// A request of one's own making, with the access token there is.
    pub fn request(&self, method: reqwest::Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.base));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Signs in; fails the test when that is refused.
    pub async fn sign_in(&mut self, email: &str, password: &str) {
        let answer = self.try_sign_in(email, password).await;
        answer.done("signIn");
    }

    /// Signs in and answers what came of it.
    pub async fn try_sign_in(&mut self, email: &str, password: &str) -> Answer {
        let query = format!("mutation ($input: SignInInput!) {{ signIn(input: $input) {{ {SESSION} }} }}");
        let answer = self.ask(&query, json!({ "input": { "email": email, "password": password } })).await;
        self.enter(&answer, "signIn");
        answer
    }

    /// Makes the first owner and signs in.
    pub async fn try_set_up_owner(&mut self, token: &str, email: &str, password: &str) -> Answer {
        let query = format!("mutation ($input: SetUpOwnerInput!) {{ setUpOwner(input: $input) {{ {SESSION} }} }}");
        let input = json!({ "token": token, "name": "Sample Owner", "email": email, "password": password });
        let answer = self.ask(&query, json!({ "input": input })).await;
        self.enter(&answer, "setUpOwner");
        answer
    }

    /// Trades the refresh cookie for a new token.
    pub async fn refresh(&mut self) -> Answer {
        let answer = self.ask(&format!("mutation {{ refresh {{ {SESSION} }} }}"), Value::Null).await;
        self.enter(&answer, "refresh");
        answer
    }

    fn enter(&mut self, answer: &Answer, mutation: &str) {
        let session = &answer.body["data"][mutation]["session"];
        if let Some(token) = session["accessToken"].as_str() {
            self.token = Some(token.to_owned());
            self.id = text(&session["viewer"]["user"]["id"]).to_owned();
        }
        let cookies = answer.headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        for cookie in cookies {
            if let Some((value, _)) = cookie.strip_prefix("__Host-hillside_rt=").and_then(|rest| rest.split_once(';')) {
                self.cookie = Some(value.to_owned()).filter(|value| !value.is_empty());
            }
        }
    }
}
