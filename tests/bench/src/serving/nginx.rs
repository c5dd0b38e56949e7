//! nginx with the same bytes and headers, in a temporary folder.

use std::{
    fmt::Write,
    fs,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use http::header;
use local::cdn::headers::{PAGE_CACHING, SECURITY};
use xtask::{process, product::free_port, tools::peers};

use super::{check::Checked, site::Site};

/// How long it may take to come up.
const PATIENCE: Duration = Duration::from_secs(5);

/// A running nginx; stopped with the value.
pub(super) struct Nginx {
    child: Child,
    port: u16,
    tags: Vec<(String, String)>,
    _folder: tempfile::TempDir,
}

impl Nginx {
    /// Installs it if it is missing and lets it serve `pages` as `site` serves them.
    pub(super) async fn start(site: &Site, pages: &[&Checked]) -> Result<Self> {
        peers::nginx()?;
        let folder = tempfile::tempdir()?;
        for page in pages {
            let file = folder.path().join(name(page));
            fs::write(&file, site.get(&page.page, &[("accept-encoding", "identity")]).await?.body())?;
            let packed = site.get(&page.page, &[("accept-encoding", "br")]).await?;
            fs::write(file.with_extension("html.br"), packed.body())?;
        }
        let port = free_port()?;
        let settings = folder.path().join("nginx.conf");
        fs::write(&settings, configuration(folder.path(), port)?)?;
        let mut command = Command::new(if Path::new("/usr/sbin/nginx").exists() { "/usr/sbin/nginx" } else { "nginx" });
        command.arg("-c").arg(&settings).arg("-p").arg(folder.path());
        let child = command.stdin(Stdio::null()).stderr(Stdio::null()).spawn().context("nginx cannot be started")?;
        let mut nginx = Self { child, port, tags: Vec::new(), _folder: folder };
        for page in pages {
            let etag = nginx.wait(site, page).await?;
            nginx.tags.push((name(page), etag));
        }
        Ok(nginx)
    }

    /// Where a page is.
    pub(super) fn url(&self, page: &Checked) -> String {
        format!("http://127.0.0.1:{}/{}", self.port, name(page))
    }

    /// The ETag that nginx itself gives a page.
    pub(super) fn etag(&self, page: &Checked) -> Result<&str> {
        let found = self.tags.iter().find(|(known, _)| *known == name(page));
        found.map(|(_, etag)| etag.as_str()).context("nginx was not given this page")
    }

    async fn wait(&mut self, site: &Site, page: &Checked) -> Result<String> {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait()? {
                bail!("nginx ended with {status}");
            }
            if let Ok(headers) = site.get_url(&self.url(page)).await {
                let etag = headers.get(header::ETAG).context("nginx gives no ETag")?;
                return Ok(etag.to_str()?.to_owned());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        bail!("nginx does not answer")
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Asked politely, it ends its workers, too.
        if process::answers("kill", &["-QUIT", &self.child.id().to_string()]) {
            drop(self.child.wait());
        }
    }
}

/// A page's file: its length names it among the few that are measured.
fn name(page: &Checked) -> String {
    format!("{}.html", page.length)
}

fn configuration(folder: &Path, port: u16) -> Result<String> {
    let mut headers = String::new();
    let all = SECURITY.into_iter().chain([(header::CACHE_CONTROL, PAGE_CACHING)]);
    for (name, value) in all {
        writeln!(headers, "        add_header {name} \"{}\" always;", value.to_str()?)?;
    }
    // The workers read a folder that only this user may enter.
    let user = if process::read(folder, "id", &["-u"])? == "0" { "user root;" } else { "" };
    let folder = folder.display();
    Ok(format!(
        "load_module /usr/lib/nginx/modules/ngx_http_brotli_static_module.so;
daemon off;
{user}
worker_processes auto;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 100000000;
    open_file_cache max=100;
    types {{ text/html html; }}
    charset utf-8;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {folder};
        etag on;
        brotli_static on;
{headers}    }}
}}
"
    ))
}
