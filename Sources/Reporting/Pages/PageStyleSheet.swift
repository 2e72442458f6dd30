/// The look of a report: a readable measure, light and dark grounds, narrow windows and paper.
enum PageStyleSheet {
  static let text = """
    :root{--ground:#fff;--raised:#f5f6f8;--ink:#1c2026;--muted:#5b6068;--line:#d5d9df;--link:#0067a5;
    --good:#00694d;--caution:#7a5600;--bad:#b3261e}
    @media screen and (prefers-color-scheme:dark){:root{--ground:#171a1f;--raised:#20242b;--ink:#e6e9ee;
    --muted:#a9b0ba;--line:#363c46;--link:#63b8ee;--good:#35c79c;--caution:#ecc04f;--bad:#ff8a80}}
    *{box-sizing:border-box}
    body{margin:0 auto;padding:1.5rem clamp(.75rem,3vw,2.5rem) 4rem;max-width:74rem;background:var(--ground);
    color:var(--ink);font:1rem/1.55 system-ui,"Segoe UI","DejaVu Sans",sans-serif;overflow-wrap:break-word}
    h1{font-size:clamp(1.5rem,4vw,2.1rem);line-height:1.2;margin:.5rem 0 .75rem;text-wrap:balance}
    h2{font-size:1.3rem;line-height:1.25;margin:2.5rem 0 .75rem;padding-top:1rem;border-top:1px solid var(--line)}
    p,ul{max-width:44rem;margin:.6rem 0}
    a{color:var(--link)}
    .lead{font-size:1.15rem;max-width:48rem}
    .skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--ground);padding:.25rem .5rem}
    .facts{display:flex;flex-wrap:wrap;gap:.25rem 1.75rem;margin:1rem 0;padding:.75rem 1rem;background:var(--raised);
    border-radius:.5rem}
    .facts div{display:flex;gap:.5rem;min-width:0}.facts dt{color:var(--muted)}.facts dd{margin:0;font-weight:600;min-width:0}
    nav ol{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;padding:0;margin:1rem 0 0;list-style:none}
    .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,27rem),1fr));gap:1.25rem;margin:1rem 0}
    .charts.alone{max-width:36rem}
    figure{margin:0;min-width:0;padding:.5rem;border:1px solid var(--line);border-radius:.5rem}
    figure svg{display:block;width:100%;height:auto}
    figcaption{color:var(--muted);font-size:.92rem;padding:.4rem .5rem .2rem}
    .table{overflow-x:auto;margin:1rem 0}
    table{border-collapse:collapse;font-size:.95rem;font-variant-numeric:tabular-nums}
    caption{text-align:left;color:var(--muted);padding:0 0 .4rem}
    th,td{text-align:left;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top}
    th+th,th+td,td+td{padding-left:.6rem}
    .table:not(.records) tbody th{position:sticky;left:0;background:var(--ground)}
    th a{white-space:nowrap}thead th{border-bottom:2px solid var(--line)}tbody th{font-weight:600}
    .number{text-align:right;white-space:nowrap}
    .mark{font-weight:700}.mark.good{color:var(--good)}.mark.caution{color:var(--caution)}
    .mark.bad{color:var(--bad)}.mark.neutral{color:var(--muted)}
    .callout{margin:1rem 0;padding:.4rem 1rem;background:var(--raised);border-left:4px solid var(--muted);
    border-radius:0 .5rem .5rem 0;max-width:48rem}
    .callout.holds{border-color:var(--good)}.callout.caution{border-color:var(--caution)}
    .callout.fails{border-color:var(--bad)}
    code,pre{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.9em}
    code{overflow-wrap:anywhere}@media(min-width:40rem){p code,li code,td code{white-space:nowrap}}
    pre{background:var(--raised);padding:.75rem 1rem;border-radius:.5rem;overflow-x:auto}
    @media(max-width:40rem){pre{white-space:pre-wrap;overflow-wrap:anywhere}
    .records :is(table,caption,tbody,tr){display:block}.records thead{position:absolute;left:-99rem}
    .records tr{padding:.45rem 0;border-bottom:1px solid var(--line)}
    .records :is(th,td){display:inline-block;border:0;padding:0 .9rem 0 0;text-align:left;white-space:normal}
    .records td:empty{display:none}.records [data-column]::before{content:attr(data-column) " ";color:var(--muted)}}
    details{margin:1rem 0}summary{cursor:pointer;color:var(--link)}
    footer{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--line);color:var(--muted);font-size:.92rem}
    @media print{body{max-width:none;padding:0;font-size:10pt}nav,.skip{display:none}
    figure,tr,.callout,pre{break-inside:avoid}h2{break-after:avoid}.table{overflow:visible}
    .charts{grid-template-columns:1fr 1fr}details::details-content{content-visibility:visible;display:block}}

    """
}
