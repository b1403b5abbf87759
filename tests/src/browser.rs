//! A reviewer's browser: headless Chromium behind chromedriver.

use crate::process::Process;
use anyhow::{Context as _, Result, ensure};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// Timeout of the browser's start.
const START_TIMEOUT: Duration = Duration::from_secs(30);
/// Timeout of a page or a part of it.
const PAGE_TIMEOUT: Duration = Duration::from_secs(15);

/// One browser with one window.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    // Dropped last, with the browser's own processes.
    _driver: Process,
}

impl Browser {
    /// Opens a browser whose profile lies in `folder`.
    ///
    /// # Errors
    /// When Chromium or its driver is missing or does not start.
    pub async fn open(folder: &Path) -> Result<Browser> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let mut command = Command::new("chromedriver");
        command.arg(format!("--port={port}"));
        let mut driver = Process::start("chromedriver", command, &folder.join("logs"))
            .context("scripts/packages.sh test installs chromium-driver")?;
        driver.line("ChromeDriver was started successfully", START_TIMEOUT)?;
        let profile = format!("--user-data-dir={}", folder.join("profile").display());
        let arguments =
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", &profile];
        let wanted = json!({ "goog:chromeOptions": { "args": arguments } });
        let Value::Object(wanted) = wanted else { unreachable!("it is written as an object") };
        let driver_url = format!("http://127.0.0.1:{port}");
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let connect = builder.capabilities(wanted).connect(&driver_url);
        let client =
            tokio::time::timeout(START_TIMEOUT, connect).await.context("the browser did not start")??;
        client.set_window_size(1440, 1000).await?;
        Ok(Browser { client, _driver: driver })
    }

    /// Opens a page.
    ///
    /// # Errors
    /// When it does not load.
    pub async fn go(&self, url: &str) -> Result<()> {
        Ok(tokio::time::timeout(PAGE_TIMEOUT, self.client.goto(url))
            .await
            .with_context(|| url.to_owned())??)
    }

    /// Types into the field of that name.
    ///
    /// # Errors
    /// When there is none.
    pub async fn type_into(&self, name: &str, text: &str) -> Result<()> {
        let field = self.found(&format!("[name='{name}']")).await?;
        Ok(field.send_keys(text).await?)
    }

    /// Presses what a selector finds.
    ///
    /// # Errors
    /// When there is none.
    pub async fn press(&self, selector: &str) -> Result<()> {
        Ok(self.found(selector).await?.click().await?)
    }

    /// Presses what a selector finds, and waits until another page is shown.
    ///
    /// # Errors
    /// When there is none, or the page stays.
    pub async fn follow(&self, selector: &str) -> Result<()> {
        let from = self.client.current_url().await?;
        self.press(selector).await?;
        let until = tokio::time::Instant::now() + PAGE_TIMEOUT;
        while self.client.current_url().await? == from {
            ensure!(tokio::time::Instant::now() < until, "{selector} does not lead on from {from}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    async fn found(&self, selector: &str) -> Result<fantoccini::elements::Element> {
        let found = self.client.wait().at_most(PAGE_TIMEOUT).for_element(Locator::Css(selector)).await;
        match found {
            Ok(element) => Ok(element),
            Err(error) => {
                let page = self.text().await.unwrap_or_default();
                Err(error).with_context(|| format!("the page has no {selector}; it shows:\n{page}"))
            }
        }
    }

    /// Waits until the page shows this text.
    ///
    /// # Errors
    /// When it does not; the error has the page's text.
    pub async fn sees(&self, text: &str) -> Result<()> {
        let until = tokio::time::Instant::now() + PAGE_TIMEOUT;
        loop {
            // A page that is just being replaced has no body for a moment.
            let page = self.text().await.unwrap_or_default();
            if page.contains(text) {
                return Ok(());
            }
            ensure!(
                tokio::time::Instant::now() < until,
                "\"{text}\" did not appear; the page shows:\n{page}"
            );
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// The text of the page.
    ///
    /// # Errors
    /// When there is no page.
    pub async fn text(&self) -> Result<String> {
        let text = self.client.execute("return document.body.innerText", Vec::new()).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// The pictures on the page: their alternative text, and their width in pixels once they are loaded (0: not).
    ///
    /// # Errors
    /// When there is no page.
    pub async fn pictures(&self) -> Result<Vec<(String, u64)>> {
        let script = "await Promise.all([...document.images].map(i => i.decode().catch(() => 0)));
                      return [...document.images].map(i => [i.alt, i.naturalWidth])";
        let all = self.client.execute(&format!("return (async () => {{ {script} }})()"), Vec::new()).await?;
        Ok(serde_json::from_value(all)?)
    }

    /// Saves a screenshot of the window.
    ///
    /// # Errors
    /// When that is not possible.
    pub async fn save_screenshot(&self, file: &Path) -> Result<()> {
        Ok(std::fs::write(file, self.client.screenshot().await?)?)
    }

    /// Closes it.
    ///
    /// # Errors
    /// When it does not answer any more.
    pub async fn close(self) -> Result<()> {
        Ok(self.client.close().await?)
    }
}
